import { spoken } from './language';
import { timeWords } from './time';

const after = (unit: keyof typeof timeWords.waits) => (n: number) => `after ${timeWords.waits[unit](n)}`;
const nach = (one: string, more: string) => (n: number) => `nach ${n} ${n === 1 ? one : more}`;

/** What the checker finds in a template, and how a case comes to be there, step by step. */
export const checkerWords = spoken({
  en: {
    // What acts by itself; where one begins a sentence, its first letter is made a capital
    timers: {
      reminder: (position: string) => `the reminder of ${position}`,
      'auto-close': (position: string) => `the auto-close of ${position}`,
      change: (position: string) => `the timer of ${position}`,
      notice: (position: string) => `the notice of ${position}`,
    },
    oneOfSeveral: (name: string, after: string) => `${name} (${after})`,
    entryRule: (position: string) => `the entry rule of ${position}`,
    replyRule: (position: string) => `the reply rule of ${position}`,
    workflow: (name: string) => `the workflow “${name}”`,
    // When: these too
    after: {
      seconds: after('seconds'),
      minutes: after('minutes'),
      hours: after('hours'),
      days: after('days'),
      'business-hours': after('business-hours'),
      'business-days': after('business-days'),
    },
    onWorkingDay: (n: number, at: string) => `on the ${timeWords.workingDay(n, at)}`,
    // Steps
    newCaseIs: (position: string) => `A new case is ${position}.`,
    deskTicketIs: (native: string, position: string) => `A ticket that is “${native}” in the help desk is ${position}.`,
    caseIs: (position: string) => `A case is ${position}.`,
    caseIsAgain: (position: string) => `The case is ${position} again.`,
    personSets: (position: string) => `A person sets ${position}.`,
    timerIsDue: (after: string, timer: string) => `${after} ${timer} is due.`,
    timerSets: (after: string, timer: string, target: string) => `${after} ${timer} sets ${target}.`,
    timerSetsOn: (timer: string, target: string, date: string) => `${timer} sets ${target} on ${date}.`,
    timerComes: (timer: string, after: string) => `${timer} comes ${after}.`,
    wouldBeDue: (timer: string, after: string) => `${timer} would be due ${after}.`,
    wouldBeDueOn: (timer: string, date: string) => `${timer} would be due on ${date}.`,
    goesOutAgain: (after: string, timer: string, every: string) => `${after} ${timer} goes out, and again ${every}.`,
    getsThereOn: (date: string) => `It gets there on ${date}.`,
    customerReplies: 'The customer replies.',
    replySets: (target: string) => `The customer replies, which sets ${target}.`,
    workflowRuns: (name: string) => `The workflow “${name}” runs at once.`,
    workflowSets: (name: string, target: string) => `The workflow “${name}” sets ${target} at once.`,
    nothingBecomes: (status: string) => `No status may become ${status}.`,
    mayBecomeOnly: (before: string, status: string) => `Only ${before} may become ${status}, and no case gets there.`,
    nothingFollows: (position: string) => `Nothing can follow ${position}.`,
    getsOnlyTo: (statuses: string) => `It gets to ${statuses} only.`,
    getsNowhere: 'It gets nowhere else.',
    // Statuses
    noReasonToChoose: (status: string) => `${status} needs a reason, and there is none to choose.`,
    noSubStatusToChoose: (status: string) => `${status} needs a sub-status, and there is none to choose.`,
    nobodyChooses: (why: string) => `Nobody chooses for a new case: ${why}`,
    unreachable: (status: string) => `No case gets to ${status}.`,
    noDoneStatus: 'No status is of category done: no case is ever finished.',
    deadEnd: (position: string) => `A case in ${position} cannot go anywhere.`,
    neverDone: (status: string) => `A case that gets to ${status} is never done.`,
    noReplyRule: (position: string) =>
      `${position} waits for the customer, but their reply changes nothing: the case is only flagged.`,
    automaticLoop: (start: string, positions: string) =>
      `A case goes round without a person: from ${start} to ${positions} and so on.`,
    replyLoop: (start: string, positions: string) =>
      `Replies alone take a case round, from ${start} to ${positions}: two programs that answer each other never stop.`,
    // The help desks' own statuses
    leftOut: (desk: string, statuses: string) =>
      `The mapping for “${desk}” leaves out ${statuses}: the help desk's own status then stays as it is.`,
    shownAsInitial: (native: string, initial: string, why: string) =>
      `A ticket that is “${native}” in the help desk is shown as ${initial}. ${why}`,
    // What acts by itself
    cannotSet: (what: string, target: string, why: string) => `${what} cannot set ${target}: ${why}`,
    neverActs: (what: string, why: string) => `${what} never acts: ${why}.`,
    neverFires: (timer: string, why: string) => `${timer} never fires: ${why}.`,
    why: {
      alwaysSubStatus: (status: string) => `a case in ${status} always has a sub-status`,
      unreachable: (position: string) => `no case gets to ${position}`,
      tooLong: (wait: string) => `no calendar goes on for ${wait}`,
      standsStill: 'its clock stands still wherever a case can be',
      atOnce: (what: string) => `${what} changes the status at once`,
      first: (what: string) => `${what} changes the status first`,
    },
    cannotRepeat: (timer: string, wait: string) => `${timer} cannot repeat: no calendar goes on for ${wait}.`,
    noTimeFor: (close: string, reminder: string) => `${close} does not leave the time for ${reminder}.`,
    cutShort: (reminder: string, sent: number, times: number, close: string) =>
      `${reminder} goes out ${sent} of ${times} times, then ${close} comes.`,
    wrongParty: (reminder: string, position: string, party: string) =>
      `${reminder} goes to the customer, but ${position} waits for ${party}.`,
    unusedMessage: (message: string) => `Nothing sends the message “${message}”.`,
    // Ids, names and references
    lists: {
      statuses: 'statuses',
      subStatuses: (status: string) => `sub-statuses of ${status}`,
      reasons: (status: string) => `tags of ${status}`,
      messages: 'messages',
      rules: 'rules',
    },
    sameId: (things: string, id: string) => `Two ${things} have the id “${id}”.`,
    sameName: (things: string, name: string) => `Two ${things} are called “${name}”.`,
    noInitial: (id: string) => `The initial status “${id}” does not exist.`,
    initialRetired: (status: string) => `Cases start in ${status}, so it cannot be retired.`,
    initialCategory: (status: string, category: string) =>
      `Cases start in ${status}, so its category has to be initial, not ${category}.`,
    mayBecomeUnknown: (status: string, id: string) => `${status} may become “${id}”, which does not exist.`,
    mustChange: (timer: string) => `${timer} has to change the status.`,
    mustSend: (timer: string) => `${timer} has to send a message.`,
    mustEnd: (timer: string, status: string) => `${timer} has to lead to a status of category done; ${status} is not.`,
    changeRepeats: (timer: string) => `${timer} changes the status, so it cannot repeat.`,
    repeatTooLong: (timer: string, days: number) => `${timer} goes on for more than ${days} days.`,
    twoEntryRules: (position: string) => `${position} has two entry rules; one is all that acts.`,
    twoReplyRules: (position: string) => `${position} has two reply rules; one is all that acts.`,
    unknownPlaceholder: (message: string, placeholder: string, known: string) =>
      `The message “${message}” uses ${placeholder}, which does not exist; there are ${known}.`,
    unknownStatus: (what: string, id: string) => `${what} names the status “${id}”, which does not exist.`,
    unknownSubStatus: (what: string, id: string, status: string) =>
      `${what} names the sub-status “${id}” of ${status}, which does not exist.`,
    unknownReason: (what: string, id: string, status: string) =>
      `${what} names the tag “${id}” of ${status}, which does not exist.`,
    unknownMessage: (what: string, id: string) => `${what} sends the message “${id}”, which does not exist.`,
    mappingFor: (desk: string) => `The mapping for “${desk}”`,
    showsUnknown: (desk: string, native: string, id: string) =>
      `The mapping for “${desk}” shows “${native}” as the status “${id}”, which does not exist.`,
  },
  de: {
    timers: {
      reminder: (position) => `die Erinnerung von ${position}`,
      'auto-close': (position) => `das automatische Schließen von ${position}`,
      change: (position) => `der Timer von ${position}`,
      notice: (position) => `der Hinweis von ${position}`,
    },
    oneOfSeveral: (name, after) => `${name} (${after})`,
    entryRule: (position) => `die Eintrittsregel von ${position}`,
    replyRule: (position) => `die Antwortregel von ${position}`,
    workflow: (name) => `der Ablauf „${name}“`,
    after: {
      seconds: nach('Sekunde', 'Sekunden'),
      minutes: nach('Minute', 'Minuten'),
      hours: nach('Stunde', 'Stunden'),
      days: nach('Tag', 'Tagen'),
      'business-hours': nach('Arbeitsstunde', 'Arbeitsstunden'),
      'business-days': nach('Arbeitstag', 'Arbeitstagen'),
    },
    onWorkingDay: (n, at) => `am ${n === 1 ? 'nächsten' : `${n}.`} Arbeitstag um ${at}`,
    newCaseIs: (position) => `Ein neuer Fall ist ${position}.`,
    deskTicketIs: (native, position) => `Ein Ticket mit „${native}“ im Helpdesk ist ${position}.`,
    caseIs: (position) => `Ein Fall ist ${position}.`,
    caseIsAgain: (position) => `Der Fall ist wieder ${position}.`,
    personSets: (position) => `Jemand setzt ${position}.`,
    timerIsDue: (after, timer) => `${after} ist ${timer} fällig.`,
    timerSets: (after, timer, target) => `${after} setzt ${timer} den Status ${target}.`,
    timerSetsOn: (timer, target, date) => `${timer} setzt den Status ${target} am ${date}.`,
    timerComes: (timer, after) => `${timer} kommt ${after}.`,
    wouldBeDue: (timer, after) => `${timer} wäre ${after} fällig.`,
    wouldBeDueOn: (timer, date) => `${timer} wäre fällig am ${date}.`,
    goesOutAgain: (after, timer, every) => `${after} geht ${timer} hinaus, und ${every} erneut.`,
    getsThereOn: (date) => `Dorthin kommt er am ${date}.`,
    customerReplies: 'Der Kunde antwortet.',
    replySets: (target) => `Der Kunde antwortet; das setzt ${target}.`,
    workflowRuns: (name) => `Der Ablauf „${name}“ läuft sofort.`,
    workflowSets: (name, target) => `Der Ablauf „${name}“ setzt sofort ${target}.`,
    nothingBecomes: (status) => `Kein Status darf zu ${status} werden.`,
    mayBecomeOnly: (before, status) => `Nur aus ${before} darf ${status} werden, und dorthin kommt kein Fall.`,
    nothingFollows: (position) => `Auf ${position} kann nichts folgen.`,
    getsOnlyTo: (statuses) => `Er kommt nur zu ${statuses}.`,
    getsNowhere: 'Er kommt nirgendwo anders hin.',
    noReasonToChoose: (status) => `${status} braucht einen Grund, und es gibt keinen zur Auswahl.`,
    noSubStatusToChoose: (status) => `${status} braucht einen Unterstatus, und es gibt keinen zur Auswahl.`,
    nobodyChooses: (why) => `Für einen neuen Fall wählt niemand: ${why}`,
    unreachable: (status) => `Kein Fall kommt zu ${status}.`,
    noDoneStatus: 'Kein Status ist von der Kategorie fertig: kein Fall wird je abgeschlossen.',
    deadEnd: (position) => `Ein Fall in ${position} kommt nicht weiter.`,
    neverDone: (status) => `Ein Fall, der zu ${status} kommt, wird nie fertig.`,
    noReplyRule: (position) =>
      `${position} wartet auf den Kunden, aber dessen Antwort ändert nichts: der Fall wird nur markiert.`,
    automaticLoop: (start, positions) =>
      `Ein Fall läuft ohne Menschen im Kreis: von ${start} zu ${positions} und so weiter.`,
    replyLoop: (start, positions) =>
      `Antworten allein führen einen Fall im Kreis, von ${start} zu ${positions}: zwei Programme, die einander antworten, hören nie auf.`,
    leftOut: (desk, statuses) =>
      `Die Zuordnung für „${desk}“ lässt ${statuses} aus: der eigene Status des Helpdesks bleibt dann, wie er ist.`,
    shownAsInitial: (native, initial, why) =>
      `Ein Ticket mit „${native}“ im Helpdesk wird als ${initial} gezeigt. ${why}`,
    cannotSet: (what, target, why) => `${what} kann ${target} nicht setzen: ${why}`,
    neverActs: (what, why) => `${what} wirkt nie: ${why}.`,
    neverFires: (timer, why) => `${timer} löst nie aus: ${why}.`,
    why: {
      alwaysSubStatus: (status) => `ein Fall in ${status} hat immer einen Unterstatus`,
      unreachable: (position) => `kein Fall kommt zu ${position}`,
      tooLong: (wait) => `so weit reicht kein Kalender (${wait})`,
      standsStill: 'die Uhr steht überall still, wo ein Fall sein kann',
      atOnce: (what) => `${what} ändert den Status sofort`,
      first: (what) => `${what} ändert den Status vorher`,
    },
    cannotRepeat: (timer, wait) => `${timer} kann sich nicht wiederholen: so weit reicht kein Kalender (${wait}).`,
    noTimeFor: (close, reminder) => `${close} lässt keine Zeit für ${reminder}.`,
    cutShort: (reminder, sent, times, close) =>
      `${reminder} geht ${sent} von ${times} Mal hinaus, dann kommt ${close}.`,
    wrongParty: (reminder, position, party) => `${reminder} geht an den Kunden, aber ${position} wartet auf ${party}.`,
    unusedMessage: (message) => `Nichts sendet die Nachricht „${message}“.`,
    lists: {
      statuses: 'Status',
      subStatuses: (status) => `Unterstatus von ${status}`,
      reasons: (status) => `Gründe von ${status}`,
      messages: 'Nachrichten',
      rules: 'Regeln',
    },
    sameId: (things, id) => `Zwei ${things} haben die Id „${id}“.`,
    sameName: (things, name) => `Zwei ${things} heißen „${name}“.`,
    noInitial: (id) => `Den Anfangsstatus „${id}“ gibt es nicht.`,
    initialRetired: (status) => `Fälle beginnen in ${status}, deshalb kann dieser Status nicht ausgemustert werden.`,
    initialCategory: (status, category) =>
      `Fälle beginnen in ${status}, deshalb muss die Kategorie Anfang sein, nicht ${category}.`,
    mayBecomeUnknown: (status, id) => `${status} darf zu „${id}“ werden, aber das gibt es nicht.`,
    mustChange: (timer) => `${timer} muss den Status ändern.`,
    mustSend: (timer) => `${timer} muss eine Nachricht senden.`,
    mustEnd: (timer, status) => `${timer} muss zu einem Status der Kategorie fertig führen; ${status} ist keiner.`,
    changeRepeats: (timer) => `${timer} ändert den Status; das lässt sich nicht wiederholen.`,
    repeatTooLong: (timer, days) => `${timer} dauert länger als ${days} Tage.`,
    twoEntryRules: (position) => `${position} hat zwei Eintrittsregeln; nur eine davon wirkt.`,
    twoReplyRules: (position) => `${position} hat zwei Antwortregeln; nur eine davon wirkt.`,
    unknownPlaceholder: (message, placeholder, known) =>
      `Die Nachricht „${message}“ benutzt ${placeholder}, aber das gibt es nicht; es gibt ${known}.`,
    unknownStatus: (what, id) => `${what} nennt den Status „${id}“, aber den gibt es nicht.`,
    unknownSubStatus: (what, id, status) =>
      `${what} nennt den Unterstatus „${id}“ von ${status}, aber den gibt es nicht.`,
    unknownReason: (what, id, status) => `${what} nennt den Grund „${id}“ von ${status}, aber den gibt es nicht.`,
    unknownMessage: (what, id) => `${what} sendet die Nachricht „${id}“, aber die gibt es nicht.`,
    mappingFor: (desk) => `Die Zuordnung für „${desk}“`,
    showsUnknown: (desk, native, id) =>
      `Die Zuordnung für „${desk}“ zeigt „${native}“ als den Status „${id}“, aber den gibt es nicht.`,
  },
});
