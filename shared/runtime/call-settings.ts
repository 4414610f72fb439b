/** How many calls one worker keeps in flight: enough to make a waiting function cheap, few enough for 512 MB (reliability, § cost). */
export const callsPerWorker = 25;
