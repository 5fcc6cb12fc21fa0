package homework.otus.mysql.child;

import java.util.List;

/**
 * A container's command or arguments that its program gets as they are written here. Kubernetes expands {@code $(NAME)}
 * in them and takes {@code $$} for an escaped dollar; see <a
 * href="https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/">Define
 * dependent environment variables</a>.
 */
public final class Verbatim {
    private Verbatim() {}

    public static List<String> of(List<String> words) {
        return words.stream().map(word -> word.replace("$", "$$")).toList();
    }
}
