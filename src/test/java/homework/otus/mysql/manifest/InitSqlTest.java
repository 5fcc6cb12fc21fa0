package homework.otus.mysql.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.sql.PasswordMark;
import org.junit.jupiter.api.Test;

class InitSqlTest {
    private static final PasswordMark MARK = new PasswordMark("uid-1", 3);

    @Test
    void setsThePasswordUnlessTheAccountsHaveALaterOne() {
        assertThat(InitSql.of(new InitSql.Contents(MARK, "otus_db", "it's", null)))
                .isEqualTo("""
                SET SESSION sql_mode='', sql_log_bin=0, sql_log_off=1;
                SET NAMES utf8mb4;
                CREATE DATABASE IF NOT EXISTS `otus_db`;
                CREATE USER IF NOT EXISTS 'root'@'localhost' IDENTIFIED BY 'it\\'s';
                CREATE USER IF NOT EXISTS 'root'@'%' IDENTIFIED BY 'it\\'s';
                GRANT ALL ON *.* TO 'root'@'localhost' WITH GRANT OPTION;
                GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;
                SET @later = 0 /*!80021 + (SELECT COUNT(*) FROM information_schema.USER_ATTRIBUTES WHERE USER = 'root' \
                AND HOST IN ('localhost', '%') AND JSON_VALUE(ATTRIBUTE, '$."otus.homework/mysql".life') = 'uid-1' \
                AND JSON_VALUE(ATTRIBUTE, '$."otus.homework/mysql".revision' RETURNING UNSIGNED) > 3) */;
                SET @statement = IF(@later = 0, 'ALTER USER \\'root\\'@\\'localhost\\' IDENTIFIED BY \\'it\\\\\\'s\\', \
                \\'root\\'@\\'%\\' IDENTIFIED BY \\'it\\\\\\'s\\'', 'DO 0');
                PREPARE statement FROM @statement;
                EXECUTE statement;
                SET @statement = IF(0 /*!80014 + (@later = 0) */, 'ALTER USER \\'root\\'@\\'localhost\\' DISCARD OLD PASSWORD, \
                \\'root\\'@\\'%\\' DISCARD OLD PASSWORD', 'DO 0');
                PREPARE statement FROM @statement;
                EXECUTE statement;
                SET @statement = IF(0 /*!80021 + (@later = 0) */, 'ALTER USER \\'root\\'@\\'localhost\\', \\'root\\'@\\'%\\' \
                ATTRIBUTE \\'{"otus.homework/mysql": {"life": "uid-1", "revision": 3}}\\'', 'DO 0');
                PREPARE statement FROM @statement;
                EXECUTE statement;
                """);
    }

    @Test
    void givesTheApplicationAnAccountForItsDatabase() {
        assertThat(InitSql.of(new InitSql.Contents(MARK, "otus_db", "p", "it's")))
                .endsWith("""
                EXECUTE statement;
                CREATE USER IF NOT EXISTS 'app'@'%' IDENTIFIED BY 'it\\'s';
                ALTER USER 'app'@'%' IDENTIFIED BY 'it\\'s';
                GRANT ALL ON `otus\\_db`.* TO 'app'@'%';
                """);
    }
}
