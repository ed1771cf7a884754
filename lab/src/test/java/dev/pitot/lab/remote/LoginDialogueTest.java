package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.remote.LoginDialogue.Step;
import org.junit.jupiter.api.Test;

class LoginDialogueTest {
    private static final String MARK = "pi0123abcd";
    private static final Step PROBE = new Step.Type(" echo 'pi''0123abcd'\n");
    private static final Step REFUSED = new Step.Refused("refuses the login: check name and password");
    private static final Step WAIT = new Step.Wait();

    @Test
    void aLoginIsSaidWordByWord() {
        var dialogue = new LoginDialogue("root", true, MARK);

        assertThat(after(dialogue, "\r\nDebian GNU/Linux 12 tate ttyS0\r\n\r\ntate login: "))
                .isEqualTo(new Step.Type("root\n"));
        assertThat(after(dialogue, "root\r\nPassword: ")).isEqualTo(new Step.TypePassword());
        assertThat(after(dialogue, "\r\nLast login: ")).isEqualTo(WAIT);
        assertThat(after(dialogue, "Sat Nov 21 on ttyS0\r\n\u001b[?2004hroot@tate:~# "))
                .isEqualTo(PROBE);
        assertThat(after(dialogue, "echo 'pi''0123abcd'\r\n")).isEqualTo(WAIT);
        assertThat(after(dialogue, "\u001b[?2004l\r" + MARK + "\r\n# ")).isEqualTo(new Step.Ready(true));
    }

    @Test
    void aShellThatWaitsNeedsNoLogin() {
        var dialogue = new LoginDialogue(null, false, MARK);

        assertThat(after(dialogue, "\r\n/ # ")).isEqualTo(WAIT);
        assertThat(after(dialogue, "")).isEqualTo(PROBE);
        assertThat(after(dialogue, " echo 'pi''0123abcd'\r\n" + MARK + "\r\n/ # "))
                .isEqualTo(new Step.Ready(false));
    }

    @Test
    void aSilentConsoleIsTriedNowAndThen() {
        var dialogue = new LoginDialogue(null, false, MARK);
        for (int i = 0; i < 11; i++) {
            assertThat(dialogue.next()).isEqualTo(WAIT);
        }
        assertThat(dialogue.next()).isEqualTo(PROBE);
        assertThat(dialogue.next()).isEqualTo(WAIT);
    }

    @Test
    void whatIsAskedForAndNotGivenIsARefusal() {
        assertThat(after(new LoginDialogue(null, false, MARK), "login: "))
                .isEqualTo(new Step.Refused("asks for a login, but none is given: name it at the node"));
        assertThat(after(new LoginDialogue(null, false, MARK), "Password:"))
                .isEqualTo(new Step.Refused("asks for a password, but none is given: name its source at the node"));
        assertThat(after(new LoginDialogue(null, true, MARK), "Password:")).isEqualTo(new Step.TypePassword());
    }

    @Test
    void aSecondQuestionIsARefusal() {
        var dialogue = new LoginDialogue("root", true, MARK);
        after(dialogue, "login: ");
        after(dialogue, "Password: ");

        assertThat(after(dialogue, "\r\n\r\nlogin: ")).isEqualTo(REFUSED);

        var told = new LoginDialogue("root", true, MARK);
        after(told, "login: ");
        assertThat(after(told, "\r\nLogin incorrect\r\n")).isEqualTo(REFUSED);
    }

    @Test
    void aLineThatIsClosedAfterThePasswordMayBeARefusal() {
        var dialogue = new LoginDialogue("root", true, MARK);
        after(dialogue, "login: ");

        assertThat(dialogue.reasonOfClose()).isNull();

        after(dialogue, "Password: ");
        assertThat(dialogue.reasonOfClose()).isEqualTo("closed the line after the password: wrong name or password?");
        dialogue.received("\r\nLogin incorrect\r\n");
        assertThat(dialogue.reasonOfClose()).isEqualTo("refuses the login: check name and password");
    }

    @Test
    void aPasswordIsNotSaidToSomebodyElsesName() {
        var dialogue = new LoginDialogue("root", true, MARK);

        assertThat(after(dialogue, "Password: ")).isEqualTo(new Step.Type("\n"));
        assertThat(after(dialogue, "\r\nLogin incorrect\r\ntate login: ")).isEqualTo(new Step.Type("root\n"));
    }

    private static Step after(LoginDialogue dialogue, String shown) {
        dialogue.received(shown);
        return dialogue.next();
    }
}
