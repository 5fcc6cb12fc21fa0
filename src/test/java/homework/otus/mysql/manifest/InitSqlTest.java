package homework.otus.mysql.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitSqlTest {
    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource(quoteCharacter = '@', textBlock = """
            otuspassword,  'otuspassword'
            it's,          'it\\'s'
            back\\slash,   'back\\\\slash'
            end\\,         'end\\\\'
            quo"te,        'quo"te'
            $HOME %s `id`, '$HOME %s `id`'
            пароль-🐬,     'пароль-🐬'
            '; DROP USER root; --,  '\\'; DROP USER root; --'
            """)
    void quotesPasswords(String password, String literal) {
        assertThat(InitSql.of("db", password))
                .contains("ALTER USER 'root'@'localhost' IDENTIFIED BY " + literal + ", 'root'@'%' IDENTIFIED BY "
                        + literal + ";\n");
    }

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({"otus-database, `otus-database`", "a`b, `a``b`"})
    void quotesDatabases(String database, String identifier) {
        assertThat(InitSql.of(database, "p")).endsWith("CREATE DATABASE IF NOT EXISTS " + identifier + ";\n");
    }
}
