package homework.otus.mysql.kube;

import io.kubernetes.client.common.KubernetesObject;

/** Whose an object is that has the name of one that was to be made. Asked where the caches don't show it. */
public interface Belonging {
    /** The answer. */
    enum Claimant {
        /** The owner's: the caches will show it. */
        OWNER,
        /** The owner's, but it lacks the labels by which the caches would show it. */
        OWNER_UNLABELLED,
        /** Somebody else's: it is left alone. */
        OTHER
    }

    Claimant of(KubernetesObject found, KubernetesObject owner);
}
