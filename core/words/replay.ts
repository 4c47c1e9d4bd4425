import { spoken } from './language';

const kind = (done: string, noun: string) => ({
  fewer: (day: string) => `One ${noun} less: none on ${day}.`,
  more: (day: string) => `One ${noun} more, on ${day}.`,
  moved: (would: string, did: string) => `${done} on ${would} instead of ${did}.`,
});

const art = (done: string, one: string, none: string) => ({
  fewer: (day: string) => `${one} weniger: ${none} am ${day}.`,
  more: (day: string) => `${one} mehr, am ${day}.`,
  moved: (would: string, did: string) => `${done} am ${would} statt am ${did}.`,
});

/** What a template would have done with the cases of the past, beside what was done. */
export const replayWords = spoken({
  en: {
    // What happened, and what differs
    unknown: 'unknown',
    became: (from: string, to: string) => `${from} became ${to}.`,
    reminderIn: (position: string) => `Reminder in ${position}.`,
    noticeIn: (position: string) => `Notice in ${position}.`,
    kinds: {
      reminder: kind('Reminded', 'reminder'),
      notice: kind('Notified', 'notice'),
      'auto-close': kind('Closed', 'auto-close'),
      change: kind('Changed by itself', 'automatic change'),
    },
    becameOther: (day: string, would: string, did: string) => `Became ${would} on ${day} instead of ${did}.`,
    closedAfterReply: (closed: string, wrote: string) => `Closed on ${closed}; the customer had written on ${wrote}.`,
    closedBeforeReply: (closed: string, wrote: string) => `Closed on ${closed}; the customer wrote on ${wrote}.`,
    stuck: (position: string, span: string) =>
      `${position}: nobody has acted for ${span}, and nothing will happen by itself.`,
    // Where people would have acted differently
    somebody: 'Somebody',
    wasElsewhere: (was: string, would: string) => `It was ${was} then; with this template it would have been ${would}.`,
    actedElsewhere: (who: string, was: string, would: string) =>
      `${who} acted while it was ${was}; with this template it would have been ${would}.`,
    notPossible: (who: string, why: string) => `What ${who} did is not possible with this template: ${why}`,
    // The report
    casesFromTo: (cases: number, from: string, to: string) =>
      `${cases} ${cases === 1 ? 'case' : 'cases'}, ${from} to ${to}`,
    lists: {
      reminders: 'Reminders',
      notices: 'Notices',
      autoCloses: 'Closed by itself',
      changes: 'Other automatic changes',
      stuck: 'Left stuck',
      closedDespiteReply: 'Closed although the customer replied',
    },
    sameCount: (list: string, count: number) => `${list}: ${count}, as it was`,
    otherCount: (list: string, would: number, did: number) => `${list}: ${would} instead of ${did}`,
    otherCourse: (cases: number) => `Cases with another course: ${cases}`,
    followedInPart: (cases: number) =>
      `Cases followed in part only, since people would have acted differently: ${cases}`,
  },
  de: {
    unknown: 'unbekannt',
    became: (from, to) => `Aus ${from} wurde ${to}.`,
    reminderIn: (position) => `Erinnerung in ${position}.`,
    noticeIn: (position) => `Hinweis in ${position}.`,
    kinds: {
      reminder: art('Erinnert', 'Eine Erinnerung', 'keine'),
      notice: art('Hingewiesen', 'Ein Hinweis', 'keiner'),
      'auto-close': art('Geschlossen', 'Ein automatisches Schließen', 'keines'),
      change: art('Von selbst geändert', 'Eine automatische Änderung', 'keine'),
    },
    becameOther: (day, would, did) => `Am ${day} zu ${would} geworden statt zu ${did}.`,
    closedAfterReply: (closed, wrote) => `Geschlossen am ${closed}; der Kunde hatte am ${wrote} geschrieben.`,
    closedBeforeReply: (closed, wrote) => `Geschlossen am ${closed}; der Kunde schrieb am ${wrote}.`,
    stuck: (position, span) =>
      `${position}: seit ${span} hat niemand etwas getan, und von selbst wird nichts geschehen.`,
    somebody: 'Jemand',
    wasElsewhere: (was, would) => `Der Fall war damals ${was}; mit dieser Vorlage wäre er ${would} gewesen.`,
    actedElsewhere: (who, was, would) =>
      `${who} handelte, als der Fall ${was} war; mit dieser Vorlage wäre er ${would} gewesen.`,
    notPossible: (who, why) => `${who} tat etwas, was mit dieser Vorlage nicht möglich ist: ${why}`,
    casesFromTo: (cases, from, to) => `${cases} ${cases === 1 ? 'Fall' : 'Fälle'}, ${from} bis ${to}`,
    lists: {
      reminders: 'Erinnerungen',
      notices: 'Hinweise',
      autoCloses: 'Von selbst geschlossen',
      changes: 'Andere automatische Änderungen',
      stuck: 'Liegen geblieben',
      closedDespiteReply: 'Geschlossen, obwohl der Kunde geantwortet hat',
    },
    sameCount: (list, count) => `${list}: ${count}, wie es war`,
    otherCount: (list, would, did) => `${list}: ${would} statt ${did}`,
    otherCourse: (cases) => `Fälle mit anderem Verlauf: ${cases}`,
    followedInPart: (cases) => `Fälle, die nur zum Teil verfolgt wurden, weil anders gehandelt worden wäre: ${cases}`,
  },
});
