package io.bascule.runner;

import static io.bascule.runner.RunningService.last;
import static io.bascule.runner.RunningService.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.runner.cgroup.NeedsCgroups;
import io.bascule.runner.sandbox.CgroupFault;
import io.bascule.runner.sandbox.LauncherSandbox;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A runner that must have control groups, which begin to fail after its start. */
@NeedsCgroups
@NeedsSandbox
@Timeout(120)
class RequiredCgroupsTests {

    private static final String ANSWER = "const handler = () => 42;";

    @Test
    void isNotReadyAndSendsJobsElsewhereUntilTheyWorkAgain(@TempDir Path keys) throws Exception {
        try (var service = RunningService.start(
                keys,
                CallerKeys.trust(keys, "instant-worker"),
                "--bascule.runner.cgroups=required",
                "--bascule.runner.warm-processes=0",
                "--bascule.runner.idle-processes=0")) {
            assertThat(service.get("/health/ready")).contains("\"status\":\"UP\"");

            try (var _ = CgroupFault.begin(service.context().getBean(LauncherSandbox.class))) {
                assertThatThrownBy(() -> answer(service, "lost"))
                        .isInstanceOfSatisfying(StatusRuntimeException.class, lost -> {
                            assertThat(lost.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                            assertThat(lost).hasMessageContaining("control groups fail");
                        });
                assertThat(service.get("/health/ready"))
                        .endsWith("\"status\":\"OUT_OF_SERVICE\"}")
                        .contains("cannot be made");
                assertThat(service.get("/health/live")).contains("UP");
            }

            assertThat(service.get("/health/ready")).doesNotContain("OUT_OF_SERVICE");
            assertThat(answer(service, "again")).isEqualTo("42");
        }
    }

    private static String answer(RunningService service, String job) throws Exception {
        return last(service.stub().run(request(job, ANSWER, "0").build()))
                .getResult()
                .getOutput()
                .toStringUtf8();
    }
}
