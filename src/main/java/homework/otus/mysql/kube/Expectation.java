package homework.otus.mysql.kube;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/** What a cache will show of an object once it has heard of our write. */
sealed interface Expectation {

    /**
     * @param cached the object's metadata as the cache shows it, null when it shows none
     * @param seen the highest resource version of an event that the cache already shows
     */
    boolean metBy(@Nullable V1ObjectMeta cached, long seen);

    /** The object was written and got this resource version. One that is absent now may have been deleted since. */
    record Stored(long resourceVersion) implements Expectation {
        @Override
        public boolean metBy(@Nullable V1ObjectMeta cached, long seen) {
            return (cached == null ? seen : ResourceVersion.of(cached)) >= resourceVersion;
        }
    }

    /** The object with this uid was asked to be deleted: it is gone, another has its name, or it waits for finalizers. */
    record Deleted(String uid) implements Expectation {
        @Override
        public boolean metBy(@Nullable V1ObjectMeta cached, long seen) {
            return cached == null || !uid.equals(cached.getUid()) || cached.getDeletionTimestamp() != null;
        }
    }
}
