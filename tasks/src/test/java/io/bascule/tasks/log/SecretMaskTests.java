package io.bascule.tasks.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTests {

    private final SecretMask mask = new SecretMask();

    @Test
    void whatItWasToldIsMaskedInTheFormsInWhichProgramsPrintIt() {
        mask.add("p@ss \"word\"/1");
        String base64 = Base64.getEncoder().encodeToString("p@ss \"word\"/1".getBytes(StandardCharsets.UTF_8));

        assertThat(mask.apply("a p@ss \"word\"/1 b")).isEqualTo("a *** b");
        assertThat(mask.apply("{\"k\":\"p@ss \\\"word\\\"/1\"}")).isEqualTo("{\"k\":\"***\"}");
        assertThat(mask.apply("?k=p%40ss+%22word%22%2F1&")).isEqualTo("?k=***&");
        assertThat(mask.apply("?k=p%40ss%20%22word%22%2F1&")).isEqualTo("?k=***&");
        assertThat(mask.apply("x " + base64)).isEqualTo("x ***");
    }

    @Test
    void eachLineOfASecretIsMasked() {
        mask.add("-----BEGIN KEY-----\nAAAABBBBCCCCDDDD\n-----END KEY-----");

        assertThat(mask.apply("AAAABBBBCCCCDDDD")).isEqualTo("***");
    }

    @Test
    void ofASecretOfManyLinesTheWholeIsMaskedAndTheFirstLongLines() {
        mask.add(IntStream.range(1000, 9000).mapToObj(Integer::toString).collect(Collectors.joining("\n")));
        assertThat(mask.apply("line 4321")).isEqualTo("line 4321");

        String all = IntStream.range(1000, 1300)
                .mapToObj(n -> "a line of a key " + n)
                .collect(Collectors.joining("\n"));
        mask.add(all);
        assertThat(mask.apply("a line of a key 1255")).isEqualTo("***");
        assertThat(mask.apply("a line of a key 1256")).isEqualTo("a line of a key 1256");
        assertThat(mask.apply(CleanText.clean(all))).isEqualTo("***");
    }

    @Test
    void aSecretWithinALongerOneDoesNotUncoverTheRest() {
        mask.add("secret");
        mask.add("secret-and-more");

        assertThat(mask.apply("secret-and-more, secret")).isEqualTo("***, ***");
    }

    @Test
    void tooShortASecretIsNotMaskedSinceItWouldBlotOutTheLog() {
        mask.add("1");

        assertThat(mask.apply("1 of 11")).isEqualTo("1 of 11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token bsc_pat_0123456789abcdefABCDEF",
                "Authorization: Bearer abcdefgh12345678",
                "authorization: basic dXNlcjpwYXNzd29yZA==",
                "postgres://app:hunter22@db:5432/x"
            })
    void whatIsASecretByItsFormIsMasked(String line) {
        assertThat(mask.apply(line)).contains("***").doesNotContain("0123456789", "abcdefgh", "dXNlcjp", "hunter22");
    }
}
