package homework.otus.mysql.observe;

import io.kubernetes.client.extended.controller.reconciler.Request;
import java.util.List;

/**
 * Whether a database may be restarted for nothing but a newer operator: few may at a time.
 *
 * @param ours it is this one's turn
 * @param before those of the same namespace that it waits for
 * @param elsewhere how many it waits for in others, whose names are none of its users' business
 */
public record Turn(boolean ours, List<String> before, int elsewhere) {
    public static final Turn NOT_ASKED = new Turn(false, List.of(), 0);
    public static final Turn OURS = new Turn(true, List.of(), 0);

    /** @param holders whose turn it is */
    public static Turn after(List<Request> holders, String namespace) {
        List<String> before = holders.stream()
                .filter(holder -> holder.getNamespace().equals(namespace))
                .map(Request::getName)
                .toList();
        return new Turn(false, before, holders.size() - before.size());
    }
}
