package io.bascule.tasks.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CleanTextTests {

    @ParameterizedTest
    @MethodSource("escapes")
    void escapesAndControlsAreTakenOut(String raw, String clean) {
        assertThat(CleanText.clean(raw)).isEqualTo(clean);
    }

    static Stream<Arguments> escapes() {
        return Stream.of(
                Arguments.of("plain\ttext", "plain\ttext"),
                Arguments.of("\u001b[31mred\u001b[0m", "red"),
                Arguments.of("\u001b[38;2;1;2;3mred\u001b[K", "red"),
                Arguments.of("\u009b1;31mred", "red"),
                Arguments.of("\u001b]0;a title\u0007after", "after"),
                Arguments.of("\u001b]8;;http://x\u001b\\link", "link"),
                Arguments.of("\u001bP1;2|q\u001b\\after", "after"),
                Arguments.of("\u001b(Btext", "text"),
                Arguments.of("never ends \u001b]0;hidden", "never ends "),
                Arguments.of("a\u0000b\u0008c\u007fd", "abcd"),
                Arguments.of("20 € 漢 🌍", "20 € 漢 🌍"),
                Arguments.of("half \ud83d", "half ?"));
    }

    @Test
    void whatTurnsTheWritingIsShown() {
        assertThat(CleanText.clean("access \u202e txt.exe")).isEqualTo("access \ufffd txt.exe");
    }

    @Property
    void nothingThatIsCleanCanSteerATerminal(@ForAll String raw) {
        assertThat(CleanText.clean(raw).chars())
                .allMatch(
                        character -> character == '\t' || (character >= ' ' && (character < 0x7f || character > 0x9f)));
    }

    @Property
    void cleaningTwiceChangesNothing(@ForAll String raw) {
        String once = CleanText.clean(raw);

        assertThat(CleanText.clean(once)).isEqualTo(once);
    }

    @Property
    void aCutLineFitsAndBeginsAsItDid(@ForAll String raw, @ForAll @IntRange(min = 20, max = 200) int most) {
        String clean = CleanText.clean(raw);

        String cut = CleanText.cut(clean, most);

        assertThat(CleanText.bytes(cut)).isLessThanOrEqualTo(most);
        assertThat(clean).startsWith(cut.replace(" … (cut)", ""));
        assertThat(cut.equals(clean)).isEqualTo(CleanText.bytes(clean) <= most);
    }
}
