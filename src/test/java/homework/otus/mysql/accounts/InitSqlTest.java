package homework.otus.mysql.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import homework.otus.mysql.observe.MadeUp;
import homework.otus.mysql.sql.PasswordMark;
import org.junit.jupiter.api.Test;

class InitSqlTest {
    private static final MadeUp MADE_UP = new MadeUp("operator", "it's app's", "identity");
    private static final InitSql SQL = new InitSql(
            new PasswordMark("uid-1", 3),
            new PasswordMark("identity", 1),
            Passwords.first("it's", 3, null, MADE_UP),
            "otus_db");
    private static final String OPERATOR = """
            SET SESSION sql_mode='', sql_log_bin=0, sql_log_off=1;
            SET NAMES utf8mb4;
            CREATE USER IF NOT EXISTS 'mysql-operator'@'%' IDENTIFIED BY 'operator';
            ALTER USER 'mysql-operator'@'%' IDENTIFIED BY 'operator' REQUIRE NONE PASSWORD EXPIRE NEVER \
            /*!80003 PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY */ /*!80013 PASSWORD REQUIRE CURRENT OPTIONAL */ \
            /*!80019 FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0 */ ACCOUNT UNLOCK;
            GRANT ALL ON *.* TO 'mysql-operator'@'%' WITH GRANT OPTION;
            """;

    @Test
    void aStartMakesTheOperatorsAccountAlone() {
        String beginning = OPERATOR.substring(0, OPERATOR.indexOf("CREATE USER"));
        assertThat(SQL.start()).isEqualTo(beginning + """
                        SET @super_read_only = 0 /*!50708 + @@GLOBAL.super_read_only, GLOBAL super_read_only = OFF */;
                        """ + OPERATOR.substring(beginning.length()) + """
                        SET @done = 0 /*!50708 , GLOBAL super_read_only = @super_read_only */;
                        """);
    }

    @Test
    void aNewDirectoryHasEveryAccountWithItsPasswordAndItsMark() {
        assertThat(SQL.initial()).isEqualTo(OPERATOR + """
                CREATE USER IF NOT EXISTS 'root'@'localhost' IDENTIFIED BY 'it\\'s';
                CREATE USER IF NOT EXISTS 'root'@'%' IDENTIFIED BY 'it\\'s';
                ALTER USER 'root'@'localhost' IDENTIFIED BY 'it\\'s', 'root'@'%' IDENTIFIED BY 'it\\'s' \
                /*!80021 ATTRIBUTE '{"otus.homework/mysql": {"life": "uid-1", "revision": 3}}' */;
                GRANT ALL ON *.* TO 'root'@'localhost' WITH GRANT OPTION;
                GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;
                CREATE USER IF NOT EXISTS 'app'@'%' IDENTIFIED BY 'it\\'s app\\'s';
                ALTER USER 'app'@'%' IDENTIFIED BY 'it\\'s app\\'s' PASSWORD EXPIRE NEVER \
                /*!80003 PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY */ \
                /*!80021 ATTRIBUTE '{"otus.homework/mysql": {"life": "identity", "revision": 1}}' */;
                GRANT ALL ON `otus\\_db`.* TO 'app'@'%';
                """);
    }

    @Test
    void accountsThatHaveTheirMarkOrALaterOneAreLeftAlone() {
        assertThat(SQL.accounts()).contains("""
                        SET @later = 0 /*!80021 + (SELECT COUNT(*) FROM information_schema.USER_ATTRIBUTES WHERE USER = 'root' \
                        AND HOST IN ('localhost', '%') AND JSON_VALUE(ATTRIBUTE, '$."otus.homework/mysql".life') = 'uid-1' \
                        AND JSON_VALUE(ATTRIBUTE, '$."otus.homework/mysql".revision' RETURNING UNSIGNED) > 3) */;
                        """, """
                        SET @statement = IF(@root, 'ALTER USER \\'root\\'@\\'localhost\\' IDENTIFIED BY \\'it\\\\\\'s\\', \
                        \\'root\\'@\\'%\\' IDENTIFIED BY \\'it\\\\\\'s\\' /*!80021 ATTRIBUTE \
                        \\'{"otus.homework/mysql": {"life": "uid-1", "revision": 3}}\\' */', 'DO 0');
                        PREPARE statement FROM @statement;
                        EXECUTE statement;
                        """, """
                        SET @statement = IF(@missing, 'CREATE DATABASE IF NOT EXISTS `otus_db`', 'DO 0');
                        """).doesNotContain("\nALTER", "\nCREATE", "\nGRANT");
    }
}
