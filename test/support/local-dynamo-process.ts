import { startLocalDynamo } from '#shared/adapters/local/local-dynamo.ts';

/** Opens the folder of its argument, says where it listens, and stays until it is killed. */
const server = await startLocalDynamo({ directory: process.argv[2] ?? '' });
process.stdout.write(`${server.endpoint}\n`);
