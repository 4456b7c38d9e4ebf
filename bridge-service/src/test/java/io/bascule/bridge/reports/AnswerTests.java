package io.bascule.bridge.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AnswerTests {

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void anApiThatCannotTellWhatIsRevokedDoesNotSayThatNothingIs() {
        assertThat(json.readValue("{\"resync\": false, \"revocations\": null}", Answer.class)
                        .revocations())
                .isNull();
        assertThat(json.readValue("{\"resync\": false, \"revocations\": []}", Answer.class)
                        .revocations())
                .isEmpty();
    }

    @Test
    void whatElseAnAnswerLeavesOutIsEmpty() {
        Answer answer = json.readValue("{\"resync\": true}", Answer.class);

        assertThat(answer.close()).isEmpty();
        assertThat(answer.ticketKeys()).isEmpty();
    }
}
