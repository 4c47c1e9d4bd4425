/** The tickets of a desk that starts for the first time: a small port-logistics product with its everyday questions. */

import { randomBytes } from 'node:crypto';

/** The people who can sign in. The password is no secret: the sign-in page shows it. */
export const AGENTS = [
  { login: 'erin', name: 'Erin Walsh', password: 'harbour' },
  { login: 'frank', name: 'Frank Osei', password: 'harbour' },
];

export const FIRST_TICKET_ID = 101;
const FIRST_MESSAGE_ID = 1001;
const HOUR_MS = 3_600_000;

const agent = (login) => {
  const { name } = AGENTS.find((each) => each.login === login);
  return { name, role: 'agent', login };
};

const CUSTOMERS = {
  alice: { name: 'Alice Customer', email: 'alice@customer.test' },
  mateo: { name: 'Mateo Rivas', email: 'mateo.rivas@bluefreight.test' },
  priya: { name: 'Priya Nair', email: 'priya@northquay.test' },
  jonas: { name: 'Jonas Lindqvist', email: 'jonas.lindqvist@fjordline.test' },
  helen: { name: 'Helen Archer', email: 'helen.archer@archerandsons.test' },
  tomasz: { name: 'Tomasz Zieliński', email: 'tomasz@baltic-cargo.test' },
  yuki: { name: 'Yuki Tanaka', email: 'y.tanaka@kaiun.test' },
};

/** Each message: hours ago, who, text, and `note` where only the team may read it. */
const CONVERSATIONS = [
  {
    subject: 'Export of the monthly berth report stops at 5,000 rows',
    requester: 'alice',
    assignee: 'erin',
    status: 'open',
    messages: [
      [
        53,
        'alice',
        'Hello,\n\nsince Monday the CSV export of our monthly berth report ends after 5,000 rows. October should have about 8,200. The page itself shows all of them.\n\nWe need the full file for our auditors by the end of next week.\n\nKind regards\nAlice',
      ],
      [
        51,
        'erin',
        'Hi Alice,\n\nthank you for the clear report. I can see the same cut-off on our side and I am looking into it with the people who run the exports.\n\nCould you tell me which browser you use, and whether the file ends in the middle of a line or after a complete one?\n\nErin',
      ],
      [
        50,
        'erin',
        'The limit came in with the 7.4 release: export.maxRows is 5000 for tenants created before 2023. Asked the data team to raise it for this tenant.',
        'note',
      ],
      [26, 'alice', 'It is Firefox, and the last line is complete. The file simply ends there.'],
    ],
  },
  {
    subject: 'Cannot invite a colleague: "address is already in use"',
    requester: 'mateo',
    assignee: 'frank',
    status: 'pending',
    messages: [
      [
        98,
        'mateo',
        'I try to invite my colleague Lucía to our workspace, but I get "address is already in use". She never had an account.',
      ],
      [
        96,
        'frank',
        'Hi Mateo,\n\nher address is attached to a trial workspace from last spring. I can release it, but I need her consent for that. Could she write to us from that address, please?\n\nFrank',
      ],
    ],
  },
  {
    subject: 'Invoice 2210-44 shows the old VAT number',
    requester: 'helen',
    assignee: 'erin',
    status: 'pending',
    messages: [
      [
        170,
        'helen',
        'Good morning, invoice 2210-44 still shows our old VAT number. We changed it in the settings in September. Could you send a corrected one?',
      ],
      [
        167,
        'erin',
        'Good morning Helen,\n\nI have asked our accounting team for a corrected invoice. To be sure that the next one is right, could you confirm the number that ends in 417?\n\nErin',
      ],
      [166, 'erin', 'Accounting wants a written confirmation of the number before they issue the correction.', 'note'],
    ],
  },
  {
    subject: 'Arrival alerts come two hours late',
    requester: 'jonas',
    assignee: 'frank',
    status: 'open',
    messages: [
      [
        30,
        'jonas',
        'The e-mail alerts for arriving vessels reach us roughly two hours after the vessel has berthed. Last week they were on time. Examples: MV Solvik (berthed 06:10, alert 08:14), MV Nordra (berthed 11:32, alert 13:29).',
      ],
      [
        28,
        'frank',
        'Hi Jonas,\n\nthe two examples help a lot. The alerts wait in our mail queue; I have passed it to development and will write again as soon as I know more.\n\nFrank',
      ],
      [28, 'frank', 'Development ticket HRB-2291. The time zone fix of last Thursday is the suspect.', 'note'],
      [5, 'jonas', 'Same again this morning with MV Aurland. Is there any news?'],
    ],
  },
  {
    subject: 'How do we archive old vessels?',
    requester: 'priya',
    assignee: 'erin',
    status: 'solved',
    messages: [
      [
        76,
        'priya',
        'We sold three vessels and would like them out of our lists, without losing their history. What is the best way?',
      ],
      [
        74,
        'erin',
        'Hi Priya,\n\nopen the vessel, choose More, then Archive. It disappears from lists and reports of new periods, and its history stays. You can bring it back at any time.\n\nDoes that do what you need?\n\nErin',
      ],
      [73, 'priya', 'Perfect, that is exactly it. Thank you!'],
      [72, 'erin', 'Glad to hear it. I am marking this as solved; just answer if anything is left.'],
    ],
  },
  {
    subject: 'Two-factor codes refused after changing phones',
    requester: 'tomasz',
    assignee: 'frank',
    status: 'solved',
    messages: [
      [
        122,
        'tomasz',
        'I have a new phone and the codes from the authenticator app are refused. I no longer have the old phone.',
      ],
      [
        120,
        'frank',
        'Hi Tomasz,\n\nplease use one of the recovery codes from the day you turned two-factor sign-in on. If they are lost, your workspace owner can reset it under People.\n\nFrank',
      ],
      [119, 'frank', 'Owner of the workspace is Agnieszka; she confirmed by phone that he is who he says.', 'note'],
      [101, 'tomasz', 'Agnieszka reset it and I am back in. Dziękuję!'],
    ],
  },
  {
    subject: 'Request: berth calendar in Japanese',
    requester: 'yuki',
    assignee: 'erin',
    status: 'closed',
    messages: [
      [720, 'yuki', 'Is it possible to show the berth calendar in Japanese? Our dock staff would find it easier.'],
      [
        718,
        'erin',
        'Hi Yuki,\n\nyes: Settings, Language, 日本語. Every person can choose their own language, so nothing changes for your colleagues.\n\nErin',
      ],
      [640, 'yuki', 'It works. ありがとうございます。'],
    ],
  },
  {
    subject: 'Webhook deliveries fail with "certificate has expired"',
    requester: 'mateo',
    assignee: null,
    status: 'open',
    messages: [
      [
        2,
        'mateo',
        'Since 09:00 all webhook deliveries to our endpoint fail. Your log says "certificate has expired", but our certificate is valid until March. Nothing changed on our side.\n\nThis blocks our gate automation, so it is rather urgent for us.',
      ],
      [
        1,
        'frank',
        'Looks like our outgoing proxy does not know the new intermediate certificate. Whoever takes this: ops runbook, section "trust store".',
        'note',
      ],
    ],
  },
];

/** @returns {string} a customer's key to one ticket: 24 characters that nobody guesses */
export const newPortalKey = () => randomBytes(18).toString('base64url');

/**
 * @param {Date} now the conversations end shortly before it
 * @returns {import('./store.mjs').DeskData}
 */
export function seedDesk(now) {
  let nextMessageId = FIRST_MESSAGE_ID;
  const at = (hoursAgo) => new Date(now.getTime() - hoursAgo * HOUR_MS).toISOString();
  const tickets = CONVERSATIONS.map(({ subject, requester, assignee, status, messages }, index) => ({
    id: FIRST_TICKET_ID + index,
    subject,
    status,
    queue: 'Support',
    requester: CUSTOMERS[requester],
    assignee: assignee && { login: assignee, name: agent(assignee).name },
    version: messages.length,
    createdAt: at(messages[0][0]),
    updatedAt: at(messages[messages.length - 1][0]),
    portalKey: newPortalKey(),
    relatedTo: null,
    messages: messages.map(([hoursAgo, who, body, note]) => ({
      id: nextMessageId++,
      author: CUSTOMERS[who]
        ? { name: CUSTOMERS[who].name, role: 'customer', email: CUSTOMERS[who].email }
        : agent(who),
      visibility: note ? 'internal' : 'public',
      body,
      createdAt: at(hoursAgo),
      automatic: false,
    })),
  }));
  return { format: 1, nextTicketId: FIRST_TICKET_ID + tickets.length, nextMessageId, tickets, sessions: [] };
}
