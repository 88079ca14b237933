import { z } from 'zod';
import {
  error,
  Problem,
  type Relation,
  type Session,
  type Shelves,
  type Statements,
  spokenName,
} from '../../core/index.ts';

/** What a schema of a review says of itself. */
export interface SchemaNote {
  /** The project's name: several may share a warehouse. */
  readonly project: string;
  readonly pullRequest: string;
  /** When it was made, in ISO form. */
  readonly at: string;
}

/** A schema that a review made. */
export interface NotedSchema {
  readonly schema: Relation;
  readonly note: SchemaNote;
}

const word = 'ingot ci ';
const noteShape = z.object({ project: z.string(), pullRequest: z.string(), at: z.string() });

/** The schemas that reviews of a project made in some databases. */
export async function findSchemas(
  databases: readonly (string | null)[],
  project: string,
  session: Session,
  statements: Statements,
): Promise<readonly NotedSchema[]> {
  const found: NotedSchema[] = [];
  for (const database of databases) {
    const { rows } = await session.query(statements.notedSchemas(database));
    for (const [name, text] of rows) {
      const note = readNote(String(text));
      // As it is stored, which is another name where unquoted ones are folded.
      const schema: Relation = { database, schema: String(name), identifier: null, quote: { schema: true } };
      if (note?.project === project) found.push({ schema, note });
    }
  }
  return found;
}

function readNote(text: string): SchemaNote | undefined {
  if (!text.startsWith(word)) return undefined;
  try {
    return noteShape.safeParse(JSON.parse(text.slice(word.length))).data;
  } catch {
    return undefined;
  }
}

/**
 * Makes the schemas of a review. Those that an earlier review of the same pull request left are dropped before, so that
 * it does not matter where that one ended. Throws `Problem` for a schema that is somebody else's.
 */
export async function makeSchemas(
  wanted: readonly Relation[],
  note: SchemaNote,
  session: Session,
  { adapter }: Pick<Shelves, 'adapter'>,
): Promise<void> {
  const { statements, capabilities } = adapter;
  const databases = [...new Set(wanted.map(({ database }) => database))];
  const known = await findSchemas(databases, note.project, session, statements);
  for (const { schema, note: found } of known) {
    if (found.pullRequest === note.pullRequest) await session.execute(statements.dropSchema(schema));
  }
  for (const schema of wanted) {
    const present = await session.listRelations(schema.database, schema.schema ?? '', schema.quote);
    if (present.length > 0) throw new Problem(foreignSchema(schema));
  }
  for (const schema of wanted) {
    const made = [statements.createSchema(schema), ...statements.noteOnSchema(schema, word + JSON.stringify(note))];
    const together = capabilities.transactionalDdl ? [statements.begin(), ...made, statements.commit()] : made;
    for (const statement of together) await session.execute(statement);
  }
}

export async function dropSchemas(
  schemas: readonly NotedSchema[],
  session: Session,
  { dropSchema }: Statements,
): Promise<void> {
  for (const { schema } of schemas) await session.execute(dropSchema(schema));
}

function foreignSchema(schema: Relation) {
  return error(
    'run/schema-taken',
    `The schema ${spokenName(schema)} holds tables, and no review of this project made it`,
    {
      hint: "Drop it, or give pull requests another schema: 'ci: {schema: …}' in the project file",
    },
  );
}
