package homework.otus.mysql.api;

import static java.util.Objects.requireNonNullElse;

/**
 * What a change of {@code spec.image} does. Gson passes null for what is absent.
 *
 * @param backup whether the data directory is archived before another image opens it; true where the user says nothing
 * @param progressDeadlineSeconds how long the new server may take to become ready before that is reported; 600 where the
 *     user says nothing
 */
public record ImageChangeSpec(Boolean backup, Integer progressDeadlineSeconds) {
    static final ImageChangeSpec DEFAULT = new ImageChangeSpec(true, 600);

    public ImageChangeSpec {
        backup = requireNonNullElse(backup, true);
        progressDeadlineSeconds = requireNonNullElse(progressDeadlineSeconds, 600);
    }
}
