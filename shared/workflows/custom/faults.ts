/** Where in a definition something is wrong: names of fields and positions in lists. */
export type FieldPath = readonly (string | number)[];

/** Something wrong in a definition. */
export interface DefinitionFault {
  readonly path: FieldPath;
  /** Lines below the one where the field's text begins. */
  readonly lineInText?: number;
  /** It is the name of the field that is wrong, not its value. */
  readonly isAboutName?: boolean;
  /** `expected …, got …`, without a full stop. */
  readonly sentence: string;
}

/** Collects faults below a path. */
export interface FaultList {
  add(path: FieldPath, sentence: string, more?: Pick<DefinitionFault, 'lineInText'>): void;
  readonly all: readonly DefinitionFault[];
}

export function createFaultList(): FaultList {
  const all: DefinitionFault[] = [];
  return {
    all,
    add(path, sentence, more = {}) {
      all.push({ path, sentence, ...more });
    },
  };
}

/** A field's path for people: `stages[2].prompt`. */
export function formatPath(path: FieldPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** Names as a sentence lists them. */
export function listNames(names: Iterable<string>): string {
  const all = [...names];
  return all.length === 0 ? 'none' : all.join(', ');
}
