package homework.otus.mysql.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedTest {
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
    void string(String value, String literal) {
        assertThat(Quoted.string(value)).isEqualTo(literal);
    }

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({"otus-database, `otus-database`", "a`b, `a``b`", "a_b, `a_b`"})
    void identifier(String name, String identifier) {
        assertThat(Quoted.identifier(name)).isEqualTo(identifier);
    }

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({"otus-database, `otus-database`", "a_b, `a\\_b`", "100%, `100\\%`", "a`_b, `a``\\_b`"})
    void grantedDatabase(String name, String pattern) {
        assertThat(Quoted.grantedDatabase(name)).isEqualTo(pattern);
    }
}
