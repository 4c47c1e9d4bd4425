import { spoken } from './language';

/** The placeholders that a message may use, by name, and what each stands for. */
export const placeholderWords = spoken({
  en: {
    customer: "the customer's name",
    subject: "the ticket's subject",
    ticket: "the ticket's number",
    status: 'the status, with its sub-status',
    reason: 'the reason for the status',
    agent: 'the person who changed the status',
    today: "today's date",
    since: 'when the case entered the status',
    closes: 'when the case closes by itself',
  },
  de: {
    customer: 'der Name des Kunden',
    subject: 'der Betreff des Tickets',
    ticket: 'die Nummer des Tickets',
    status: 'der Status mit seinem Unterstatus',
    reason: 'der Grund für den Status',
    agent: 'wer den Status geändert hat',
    today: 'das heutige Datum',
    since: 'seit wann der Fall in dem Status ist',
    closes: 'wann sich der Fall von selbst schließt',
  },
});
