import type { RequestInput, RequestName, Sender } from '../../../core/contract/messages';

/** One valid input for every request, for ticket 42 of a site. */
export const validInputs: { [N in RequestName]: RequestInput<N> } = {
  'case.open': {
    facts: {
      ticketId: '42',
      subject: 'Printer',
      nativeStatus: 'open',
      requester: { login: 'alice@customer.test', name: 'Alice' },
      assignee: { login: 'erin', name: 'Erin' },
      queue: 'Support',
      type: null,
      lastMessageId: '7',
    },
    agent: { login: 'erin', name: 'Erin' },
  },
  'case.view': { ticketId: '42' },
  'case.preview': {
    ticketId: '42',
    statusId: 'pending',
    subStatusId: 'customer-input',
    tagId: 'x',
    skipMessage: false,
  },
  'case.change': {
    ticketId: '42',
    statusId: 'pending',
    subStatusId: 'customer-input',
    tagId: 'x',
    skipMessage: false,
    commandId: 'command-1',
    note: 'Called',
    seenGeneration: 3,
  },
  'case.undo': { ticketId: '42', commandId: 'command-2', undoes: 'command-1' },
  'case.hold': { ticketId: '42', commandId: 'command-3', on: true },
  'case.not-a-reply': { ticketId: '42', commandId: 'command-5', messageId: '7' },
  'case.settle-drift': { ticketId: '42', commandId: 'command-4', how: 'set-back' },
  'case.clone': { ticketId: '42' },
  'outbox.settle': { ticketId: '42', effectId: 'command-1:0', how: 'drop' },
  'panel.load': {},
  'panel.place': {},
  'panel.set-place': { open: true, right: 20, bottom: 20 },
  'sites.list': {},
  'sites.connect': { address: 'https://desk.test/rt' },
  'sites.disconnect': { siteId: 'rt-1' },
  'sites.set-template': { siteId: 'rt-1', templateId: 'review' },
  'templates.list': {},
  'popup.view': { tabUrl: 'https://desk.test/' },
};

/** Who may send what, said here a second time: a request that is opened to others by accident fails. */
export const allowedFrom: { [N in RequestName]: Sender } = {
  'case.open': 'ticket',
  'case.view': 'ticket',
  'case.preview': 'ticket',
  'case.change': 'ticket',
  'case.undo': 'ticket',
  'case.hold': 'ticket',
  'case.not-a-reply': 'ticket',
  'case.settle-drift': 'ticket',
  'case.clone': 'ticket',
  'outbox.settle': 'ticket',
  'panel.load': 'ticket',
  'panel.place': 'ticket',
  'panel.set-place': 'ticket',
  'sites.list': 'page',
  'sites.connect': 'page',
  'sites.disconnect': 'page',
  'sites.set-template': 'page',
  'templates.list': 'page',
  'popup.view': 'page',
};

export const requestNames = Object.keys(validInputs) as RequestName[];
