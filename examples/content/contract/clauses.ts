/** A numbered sentence of a contract; its parts are lettered. */
export type Clause = string | { readonly text: string; readonly parts: readonly string[] };

export interface Article {
  readonly title: string;
  readonly clauses: readonly Clause[];
}

export const contractTitle = 'Service contract for sterile supply and hospital transport';

export const parties = [
  'This contract is made on 9 March 2026 between **Harrow Lane Hospitals Trust**, 1 Harrow Lane, Wexcombe (the “Trust”), and **Lintel Sterile Services Limited**, Unit 7, Canal Reach, Wexcombe (the “Provider”).',
  'The Trust runs three hospitals and eleven clinics. It has decided to place the cleaning, sterilisation and transport of reusable surgical instruments with an outside firm. The Provider was chosen after a public tender with the reference HLH-2025-117. The parties agree as follows.',
];

export const firstArticles: readonly Article[] = [
  {
    title: 'Definitions',
    clauses: [
      {
        text: 'In this contract the following words have the following meanings:',
        parts: [
          '“Tray” means a set of instruments that is packed, sterilised and delivered as one unit and carries one barcode.',
          '“Base Volume” means 5,200 Trays in a calendar month.',
          '“Urgent Collection” means a collection that the Trust asks for outside the timetable of Schedule 1 and that is to begin within two hours.',
          '“Service Level” means a level of performance set out in clause 5.',
          '“Service Credit” means a reduction of the Monthly Fee under clause 6.',
          '“Monthly Fee” means the sum of the fixed items of clause 7.',
          '“Working Day” means a day from Monday to Friday that is not a public holiday in Wexcombe.',
        ],
      },
      'Headings are for convenience and do not affect the meaning. A reference to a law is a reference to that law as amended.',
      'If the schedules and the clauses differ, the clauses prevail.',
    ],
  },
  {
    title: 'Term',
    clauses: [
      'This contract begins on 1 April 2026 and runs for four years, until 31 March 2030, unless it is ended earlier under clause 12.',
      'The Trust may extend it once, by up to two years, on the same terms. It must say so in writing by 30 September 2029 at the latest; silence is not an extension.',
      'The first three months are a period of transition, in which the Provider takes over one hospital each month and no Service Credits are due.',
    ],
  },
  {
    title: 'Services',
    clauses: [
      {
        text: 'The Provider shall, at the times set out in Schedule 1:',
        parts: [
          'collect used instruments in closed containers from the collection points of the Trust;',
          'clean, disinfect, inspect, pack and sterilise them at its plant at Canal Reach;',
          'return them to the points of use, in the order in which the operating lists need them;',
          'record every step for each Tray so that it can be traced to a machine, a cycle, a person and a patient list for fifteen years.',
        ],
      },
      'The Provider shall replace instruments that have been lost or damaged in its keeping, by the same model or by one to which the Trust has agreed in writing.',
      'Instruments that the Trust has borrowed from a manufacturer are included if they are announced two Working Days before the operation. The Provider may refuse a loan set that comes without instructions for cleaning.',
      'Collections at weekends are made on request. The parties have not yet agreed a price for weekend collections, and until Schedule 3 is signed the Provider shall charge them at proven cost without any margin.',
    ],
  },
  {
    title: 'Duties of the Trust',
    clauses: [
      'The Trust shall remove coarse soil and sharp single-use items before collection and keep the collection points accessible from 05.30 to 22.30.',
      'It shall hand over the operating lists for each day by 15.00 on the Working Day before. Changes after that hour are made as far as possible, and a failure that results from them is not a failure under clause 5.',
      'It shall keep enough instruments for a turnaround of 24 hours. An inventory made in January 2026 found a shortage of 138 Trays; the Trust shall make it good by 30 June 2026.',
      'It names a contract manager and a deputy, one of whom can be reached at all hours.',
    ],
  },
  {
    title: 'Service levels',
    clauses: [
      {
        text: 'The Provider shall reach the following Service Levels in each calendar month:',
        parts: [
          'at least 98.5 % of all Trays are delivered complete and on time, that is not later than 30 minutes before the operation for which they are listed;',
          'not more than 4 Trays in 10,000 have to be returned because they are wet, torn or not clean;',
          'an Urgent Collection begins within two hours of the call in 95 % of cases and within three hours in all cases;',
          'every question about where a Tray is gets an answer within fifteen minutes.',
        ],
      },
      'The Provider reports on the Service Levels by the fifth Working Day of the following month. The Trust may check the report against its own records and those of the theatres.',
      'An operation that must be cancelled because of a missing Tray is examined by both parties within three Working Days. The finding is shared with the surgeon concerned.',
    ],
  },
  {
    title: 'Service credits',
    clauses: [
      'For each full half percentage point by which the delivery level of clause 5.1(a) is missed, the Monthly Fee is reduced by 2 %.',
      'For each operation that has to be cancelled through the fault of the Provider, the Monthly Fee is reduced by €1,500.',
      'Service Credits are limited to 12 % of the Monthly Fee in any month; the right to claim further damage is not affected.',
      'Service Credits are set off against the next invoice. They are not due as far as a failure was caused by the Trust, by an order of an authority, or by an event under clause 13.',
    ],
  },
];
