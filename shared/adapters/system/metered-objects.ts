import type { Meter } from '#shared/ports/meter.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';

/** A store that counts its requests as S3 bills them: LIST and COPY as PUT, HEAD as GET. */
export function meteredObjects(objects: ObjectStore, meter: Meter): ObjectStore {
  return {
    put(...given) {
      meter.add('objectWrites', 1);
      return objects.put(...given);
    },
    get(...given) {
      meter.add('objectReads', 1);
      return objects.get(...given);
    },
    head(...given) {
      meter.add('objectReads', 1);
      return objects.head(...given);
    },
    list(...given) {
      meter.add('objectWrites', 1);
      return objects.list(...given);
    },
    copy(...given) {
      meter.add('objectWrites', 1);
      return objects.copy(...given);
    },
    delete: (...given) => objects.delete(...given),
  };
}
