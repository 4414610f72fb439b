/** The rules that hold unless the submitter gives others. A file in YAML, so that it can be copied and changed. */
export const defaultRules = `# What matters when two versions of a contract are compared.
# words: words and phrases of the clauses that a rule is about; * stands for any ending or beginning.
# weight high: where a figure, a duty or all of such a clause changes, the change counts as material. medium: so too where the words stand
# in the text itself, not in its heading alone. low: the model decides.
rules:
  - id: payment
    title: Prices and payment
    words: [price*, fee, fees, pay*, invoice*, charge*, cost, costs, remuneration, interest, discount*, currency, tax*, deposit*]
    weight: high
    why: It changes what is paid, when, or by whom.
  - id: liability
    title: Liability, indemnity and insurance
    words: [liab*, indemn*, damages, "lost profit", "gross negligence", "consequential loss", insur*, "hold harmless"]
    weight: high
    why: It moves risk from one party to the other.
  - id: term
    title: Term and renewal
    words: [term, renew*, extend*, extension*, "runs for", "begins on", commencement, expir*, duration]
    weight: high
    why: It changes how long the parties are bound.
  - id: termination
    title: Termination and notice
    words: [terminat*, "end this contract", "end it at once", "notice period", "written notice", cancel*, rescission]
    weight: high
    why: It changes when and how a party can leave.
  - id: penalties
    title: Penalties and credits
    words: [penalt*, "service credit", "service credits", "liquidated damages", forfeit*, reduced by, bonus*]
    weight: high
    why: It changes what a failure costs.
  - id: confidentiality
    title: Confidentiality
    words: [confidential*, secret, secrecy, disclos*, non-disclosure]
    weight: high
    why: It changes what may be told to others.
  - id: data-protection
    title: Data protection
    words: ["personal data", "data processing", "data protection", "breach of personal data", gdpr, processor, "data subject*"]
    weight: high
    why: It changes how the law on personal data is kept.
  - id: intellectual-property
    title: Intellectual property
    words: ["intellectual property", copyright*, patent*, licen*, trademark*, "moral rights", royalt*]
    weight: high
    why: It changes who owns or may use what is made.
  - id: governing-law
    title: Governing law and disputes
    words: ["governing law", jurisdiction, court, courts, arbitrat*, mediat*, venue, "law of"]
    weight: high
    why: It changes where and by which law a dispute is decided.
  - id: definitions
    title: Definitions
    words: [means, "is defined as", "shall mean", "has the meaning"]
    weight: high
    why: A changed definition changes every clause that uses it.
  - id: service-levels
    title: Services and service levels
    words: ["service level", "service levels", deliver*, availab*, deadline*, turnaround, "at least", within, respon*, hour, hours, day, days]
    weight: medium
    why: It changes what must be done, how well or how fast.
  - id: assignment
    title: Assignment and subcontracting
    words: [assign*, subcontract*, transfer*, novation, "change of control"]
    weight: medium
    why: It changes with whom one may end up dealing.
  - id: warranty
    title: Warranties and representations
    words: [warrant*, guarantee*, represents, "fit for purpose", defect*]
    weight: medium
    why: It changes what can be relied on.
  - id: audit
    title: Audit and compliance
    words: [audit*, inspect*, certificat*, complian*, record, records, regulat*]
    weight: medium
    why: It changes who may check what.
  - id: force-majeure
    title: Events beyond control
    words: ["force majeure", "beyond control", "act of god", strike*, epidemic*]
    weight: medium
    why: It changes which failures are excused.
  - id: formalities
    title: Formalities
    words: ["in writing", sign*, counterpart*, headings, annex*, schedule*]
    weight: low
    why: It seldom changes what the parties owe each other.
`;
