/** Largest file that is read. The API refuses larger ones before they are stored. */
export const maxUploadSizeInBytes = 50 * 1024 * 1024;

/** How long a submission waits for the files that it names by URL, all of them together. */
export const urlTimeoutInMs = 30_000;

/** How long an announced upload waits for its file. */
export const uploadExpiresInSeconds = 3_600;

/** Deadline of a task whose submitter names none. */
export const defaultDeadlineInMinutes = 24 * 60;
