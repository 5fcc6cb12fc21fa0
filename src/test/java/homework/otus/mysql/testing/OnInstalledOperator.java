package homework.otus.mysql.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a class whose tests need the operator as users install it: it serves all namespaces, so no other may work meanwhile. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("installed")
@ExtendWith(InstalledOperator.class)
public @interface OnInstalledOperator {}
