import type { Article } from './clauses.ts';

export const feeTable = [
  ['Item', 'Basis', 'Price, €', 'Per month, €'],
  ['Management and traceability', 'Fixed', '12,600.00', '12,600.00'],
  ['Sterilisation of the Base Volume', '5,200 Trays', '11.00', '57,200.00'],
  ['Transport by timetable', 'Fixed, three vehicles', '16,600.00', '16,600.00'],
  ['Monthly Fee', '', '', '86,400.00'],
  ['Each Tray above the Base Volume', 'Per Tray', '13.40', 'as used'],
  ['Urgent Collection', 'Per collection', '145.00', 'as used'],
  ['Weekend collection', 'Schedule 3', 'not yet agreed', 'at cost'],
  ['Single instrument, packed apart', 'Per instrument', '2.15', 'as used'],
] as const;

export const fees: Article = {
  title: 'Fees and payment',
  clauses: [
    'The Trust shall pay a Monthly Fee of €86,400, which covers the Base Volume of 5,200 Trays, and the further prices of the following table. All prices are without value added tax.',
    'If fewer than 4,600 Trays are delivered in each of three consecutive months, either party may ask for the Base Volume to be reviewed. Until a new one is agreed the present one applies.',
    'Prices are adjusted on 1 April of each year, for the first time in 2027, by the change of the national index of wages in health services, but by no more than 3 % in any year.',
    'Invoices are due 30 days after receipt. The Trust may hold back a sum that it disputes with reasons; the rest is paid in time. Late payment bears interest of 6 % a year.',
  ],
};

export const lastArticles: readonly Article[] = [
  {
    title: 'Staff and subcontractors',
    clauses: [
      'The 43 employees of the Trust’s own sterile department pass to the Provider on 1 April 2026 with their rights and length of service. For twenty-four months none of them may be dismissed for business reasons.',
      'The supervisor of each shift holds the certificate of technical sterilisation assistant, level three, or one of equal worth.',
      'The Provider may use subcontractors for transport only, after the written consent of the Trust, and is liable for them as for itself.',
    ],
  },
  {
    title: 'Quality and audit',
    clauses: [
      'The Provider keeps its certificates under the applicable standards for quality management and for medical devices throughout the term. It tells the Trust at once if one is suspended, limited or withdrawn.',
      'The Trust may inspect the plant and the records at any time during working hours, with notice of one Working Day, and without notice if there is reason to fear for patients.',
      'A deviation that may have put an unsterile Tray into use is reported by telephone within one hour and in writing within 24 hours, with the list of all Trays of the same cycle.',
      'Should the plant fail, the Provider shall keep up the service from a second plant within 36 hours. The agreement with the operator of that plant had not been signed when this contract was concluded and shall be shown to the Trust by 31 May 2026.',
    ],
  },
  {
    title: 'Confidentiality and data',
    clauses: [
      'Each party keeps secret what it learns about the other and about patients, during the term and for five years afterwards.',
      'The Provider processes personal data only on documented instructions of the Trust and on servers within the country. The agreement on data processing is Schedule 4.',
      'The Provider shall report a breach of personal data within 24 hours of becoming aware of it, so that the Trust can meet its own deadline.',
    ],
  },
  {
    title: 'Liability and insurance',
    clauses: [
      'Each party is liable without limit for death and injury, for intent and gross negligence, and where the law does not allow a limit.',
      'In all other cases the liability of each party is limited to €1,555,200 in each contract year, which is 150 % of the yearly total of the Monthly Fees.',
      'Neither party is liable for lost profit. The cost of an operation that had to be repeated or moved is not lost profit.',
      'The Provider is insured for at least €10 million for each event and shows the policy every year without being asked.',
    ],
  },
  {
    title: 'Ending the contract',
    clauses: [
      'The Trust may end this contract without cause on six months’ written notice, for the first time with effect from 31 March 2028.',
      {
        text: 'Either party may end it at once for an important reason. For the Trust such a reason is in particular that:',
        parts: [
          'the level of clause 5.1(a) is below 96 % in three months out of any six;',
          'a certificate under clause 9.1 is withdrawn or is suspended for more than 30 days;',
          'unsterile Trays are delivered on two occasions within twelve months through gross negligence;',
          'the Provider stops payment or is wound up.',
        ],
      },
      'At the end the Provider hands over all records in a common format, returns all instruments, and helps a successor for up to four months, for the fees then in force.',
      'The Trust may buy the three washing machines financed under this contract at their book value. Whether the successor must also take over the staff is for the law in force at that time to decide.',
    ],
  },
  {
    title: 'Events beyond control',
    clauses: [
      'A party is not in default as long as an event that it could neither foresee nor avoid prevents it from performing. Strikes of its own staff, failures of its suppliers and breakdowns of machines are not such events.',
      'If the event lasts longer than 30 days, the other party may end this contract with immediate effect.',
    ],
  },
  {
    title: 'Settling disputes',
    clauses: [
      'Differences are first taken up by the contract managers, after ten Working Days by the managing directors, and after another twenty by a mediator named by the chamber of commerce of Wexcombe.',
      'If mediation has not succeeded within sixty days, the courts of Wexcombe decide. The service goes on in the meantime, and so does payment.',
    ],
  },
  {
    title: 'Final provisions',
    clauses: [
      'Changes to this contract, this clause included, must be in writing and signed by both parties.',
      'If a clause is or becomes void the rest stands. The parties replace the void clause by a valid one that comes closest to its purpose.',
      'Neither party may transfer rights under this contract without the consent of the other. A sale of more than half of the shares in the Provider counts as a transfer.',
      'Schedules 1 (timetable), 2 (list of Trays), 3 (weekend collections, not yet signed) and 4 (data processing) are part of this contract.',
    ],
  },
];

export const signatures = [
  ['For the Trust', 'For the Provider'],
  ['Name: Dr Amara Whitcombe', 'Name: Pieter Lindqvist'],
  ['Office: Chief Operating Officer', 'Office: Managing Director'],
  ['Place and date:', 'Place and date:'],
  ['Signature:', 'Signature:'],
] as const;
