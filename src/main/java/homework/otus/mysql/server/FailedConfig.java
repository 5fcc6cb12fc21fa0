package homework.otus.mysql.server;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that mysqld took when it was asked and did not serve with. On the data claim it outlives the Deployment,
 * so that it isn't tried again until the user asks for something else.
 *
 * @param asked {@link ServerDeployment#asked} at that time
 * @param how the server ended, as far as is known
 */
public record FailedConfig(@Nullable String asked, @Nullable String how) {
    private static final Gson GSON = new Gson();

    public String toJson() {
        return GSON.toJson(this);
    }

    /** Empty where it can't be read: then it is tried again. */
    public static Optional<FailedConfig> parse(@Nullable String json) {
        try {
            return Optional.ofNullable(json == null ? null : GSON.fromJson(json, FailedConfig.class));
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }
}
