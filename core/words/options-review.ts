import { spoken } from './language';

/** Whether a choice was made among what waits, or all of it is meant. */
type Which = 'all' | 'selected';

const changedEn = (left: number) => (left === 0 ? '' : `, ${left} had changed meanwhile`);
const changedDe = (left: number) =>
  left === 0 ? '' : `, ${left === 1 ? '1 hatte' : `${left} hatten`} sich inzwischen geändert`;
const whichEn = { all: 'all', selected: 'selected' };
const whichDe = { all: 'Alle', selected: 'Ausgewählte' };

/** What the options say about what waits for a person. `{name}` in a text: what is shown in its own way. */
export const reviewWords = spoken({
  en: {
    about:
      'Nothing here happens by itself: it fell due while nobody was there, or it needs your decision. {goOn} looks at the ticket again first: a customer who has answered is not reminded, and a close keeps its distance to its reminder. {drop} means that it will not happen; that cannot be undone.',
    nothingWaits: 'Nothing waits for you',
    aboutNothing:
      'Reminders and closes happen by themselves when they are due. After a long absence, or where one cannot decide, they are listed here instead.',
    // One of the list
    due: (when: string) => `due ${when}`,
    replied: 'The customer has replied',
    ticket: 'Ticket',
    whileAway: 'It fell due while you were away.',
    select: (what: string) => `Select: ${what}`,
    goOn: 'Go on',
    goOnOne: (what: string) => `Go on: ${what}`,
    drop: 'Drop',
    dropOne: (what: string) => `Drop: ${what}`,
    // All of the list
    selectAll: 'Select all',
    selected: (count: number, total: number) => `${count} of ${total} selected`,
    goOnWith: (which: Which, count: number) => `Go on with ${whichEn[which]} (${count})`,
    dropMany: (which: Which) => `Drop ${whichEn[which]}…`,
    leftOut: (count: number, which: Which) =>
      count === 1
        ? `One customer has replied: look at that ticket first. “Go on with ${whichEn[which]}” leaves it out.`
        : `${count} customers have replied: look at those tickets first. “Go on with ${whichEn[which]}” leaves them out.`,
    reallyDrop: (count: number) =>
      `Drop {count}? Nothing is sent or closed for ${count === 1 ? 'it' : 'them'}. This cannot be undone.`,
    allOf: (count: number) => `all ${count}`,
    dropCount: (count: number) => `Drop ${count}`,
    keep: (count: number): string => (count === 1 ? 'Keep it' : 'Keep them'),
    // What comes of it
    goingOn: (done: number, total: number) => `Going on: ${done} of ${total}`,
    dropping: (done: number, total: number) => `Dropping: ${done} of ${total}`,
    wentOn: (settled: number, left: number) => `${settled} went on${changedEn(left)}.`,
    dropped: (settled: number, left: number) =>
      `${settled} ${settled === 1 ? 'was' : 'were'} dropped${changedEn(left)}.`,
    oneWentOn: (what: string) => `Went on: ${what}.`,
    oneDropped: (what: string) => `Dropped: ${what}.`,
    thenStopped: (outcome: string, why: string) => `${outcome} Then it stopped: ${why}`,
  },
  de: {
    about:
      'Hier geschieht nichts von selbst: Es wurde fällig, während niemand da war, oder es braucht eine Entscheidung. {goOn} sieht vorher noch einmal das Ticket an: Ein Kunde, der geantwortet hat, wird nicht erinnert, und ein Schließen hält den Abstand zu seiner Erinnerung. {drop} heißt, dass es nicht geschieht; das lässt sich nicht rückgängig machen.',
    nothingWaits: 'Nichts wartet auf Sie',
    aboutNothing:
      'Erinnerungen und automatisches Schließen geschehen von selbst, sobald sie fällig sind. Nach langer Abwesenheit, oder wo etwas sich nicht von selbst entscheidet, stehen sie stattdessen hier.',
    due: (when) => `fällig ${when}`,
    replied: 'Der Kunde hat geantwortet',
    ticket: 'Ticket',
    whileAway: 'Es wurde während einer Abwesenheit fällig.',
    select: (what) => `Auswählen: ${what}`,
    goOn: 'Fortsetzen',
    goOnOne: (what) => `Fortsetzen: ${what}`,
    drop: 'Verwerfen',
    dropOne: (what) => `Verwerfen: ${what}`,
    selectAll: 'Alle auswählen',
    selected: (count, total) => `${count} von ${total} ausgewählt`,
    goOnWith: (which, count) => `${whichDe[which]} fortsetzen (${count})`,
    dropMany: (which) => `${whichDe[which]} verwerfen…`,
    leftOut: (count, which) =>
      count === 1
        ? `Ein Kunde hat geantwortet: bitte zuerst dieses Ticket ansehen. „${whichDe[which]} fortsetzen“ lässt es aus.`
        : `${count} Kunden haben geantwortet: bitte zuerst diese Tickets ansehen. „${whichDe[which]} fortsetzen“ lässt sie aus.`,
    reallyDrop: () =>
      '{count} verwerfen? Dafür wird nichts gesendet oder geschlossen. Das lässt sich nicht rückgängig machen.',
    allOf: (count) => `Alle ${count}`,
    dropCount: (count) => `${count} verwerfen`,
    keep: () => 'Behalten',
    goingOn: (done, total) => `Wird fortgesetzt: ${done} von ${total}`,
    dropping: (done, total) => `Wird verworfen: ${done} von ${total}`,
    wentOn: (settled, left) => `${settled} fortgesetzt${changedDe(left)}.`,
    dropped: (settled, left) => `${settled} verworfen${changedDe(left)}.`,
    oneWentOn: (what) => `Fortgesetzt: ${what}.`,
    oneDropped: (what) => `Verworfen: ${what}.`,
    thenStopped: (outcome, why) => `${outcome} Dann ging es nicht weiter: ${why}`,
  },
});
