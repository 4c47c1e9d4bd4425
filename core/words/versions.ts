import { spoken } from './language';

/** What the publishing of a version and the retiring of a status, a sub-status or a reason say. */
export const versionWords = spoken({
  en: {
    // Publishing
    nothingDiffers: (version: number) => `Nothing differs from version ${version}.`,
    hasErrors: (count: number) => `${count === 1 ? '1 error has' : `${count} errors have`} to be put right.`,
    /** @param basedOn `null`: the template was new; `newest` 0: there is no version. */
    basedOnOld: (basedOn: number | null, newest: number) =>
      `This draft began as ${basedOn === null ? 'a new template' : `version ${basedOn}`}, and the newest version is ${newest || 'none'}. Publishing it would undo what was published meanwhile.`,
    // Retiring
    unknown: (template: string) => `The template “${template}” does not have this.`,
    /** A reason as something to retire. */
    withReason: (status: string, reason: string) => `${status} with the reason “${reason}”`,
    retiredAlready: (name: string) => `${name} is retired already.`,
    lastInitial: (name: string) => `New cases start in ${name}, and no other status of category initial can take over.`,
    inUse: (name: string, cases: number) =>
      `${cases === 1 ? '1 case is' : `${cases} cases are`} in ${name}. Say where they go, or that they stay.`,
    lastSubStatus: (status: string) => `${status} needs a sub-status, and this is the only one left.`,
    lastReason: (status: string) => `${status} needs a reason, and this is the only one left.`,
    wouldLeadThere: (position: string, why: string) => `${position} would lead there by itself, but: ${why}`,
    closeNotDone: (position: string) => `An auto-close in ${position} would lead there, which is not of category done.`,
    notRetired: (name: string) => `${name} is not retired.`,
    nameTaken: (name: string) => `There is another “${name}” by now. Rename it first.`,
  },
  de: {
    nothingDiffers: (version) => `Nichts weicht von Version ${version} ab.`,
    hasErrors: (count) => `${count === 1 ? '1 Fehler muss' : `${count} Fehler müssen`} behoben werden.`,
    basedOnOld: (basedOn, newest) =>
      `Dieser Entwurf begann als ${basedOn === null ? 'neue Vorlage' : `Version ${basedOn}`}, ${newest === 0 ? 'und es gibt noch keine Version' : `und die neueste Version ist ${newest}`}. Ihn zu veröffentlichen würde rückgängig machen, was inzwischen veröffentlicht wurde.`,
    unknown: (template) => `Die Vorlage „${template}“ hat das nicht.`,
    withReason: (status, reason) => `${status} mit dem Grund „${reason}“`,
    retiredAlready: (name) => `${name} ist schon ausgemustert.`,
    lastInitial: (name) =>
      `Neue Fälle beginnen in ${name}, und kein anderer Status der Kategorie Anfang kann das übernehmen.`,
    inUse: (name, cases) =>
      `${cases === 1 ? '1 Fall ist' : `${cases} Fälle sind`} in ${name}. Bitte angeben, wohin ${cases === 1 ? 'er geht oder dass er bleibt' : 'sie gehen oder dass sie bleiben'}.`,
    lastSubStatus: (status) => `${status} braucht einen Unterstatus, und dieser ist der letzte.`,
    lastReason: (status) => `${status} braucht einen Grund, und dieser ist der letzte.`,
    wouldLeadThere: (position, why) => `${position} würde von selbst dorthin führen, aber: ${why}`,
    closeNotDone: (position) =>
      `Ein automatisches Schließen in ${position} würde dorthin führen, und das Ziel ist nicht von der Kategorie fertig.`,
    notRetired: (name) => `${name} ist nicht ausgemustert.`,
    nameTaken: (name) => `Der Name „${name}“ ist inzwischen vergeben. Bitte zuerst umbenennen.`,
  },
});
