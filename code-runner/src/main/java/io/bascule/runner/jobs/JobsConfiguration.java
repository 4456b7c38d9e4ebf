package io.bascule.runner.jobs;

import io.bascule.runner.bundle.Bundles;
import io.bascule.runner.egress.Egress;
import io.bascule.runner.sandbox.Sandbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the job spaces and what runs in them. */
@Configuration(proxyBeanMethods = false)
class JobsConfiguration {

    @Bean
    JobSpaces jobSpaces(JobsProperties properties) {
        return new JobSpaces(properties.jobSpaces());
    }

    @Bean
    WarmPools warmPools(Sandbox sandbox, JobsProperties properties) {
        return new WarmPools(
                sandbox,
                properties.defaults().limits().memory(),
                properties.refillPolicy(),
                new CpuBudget(
                        properties.warmProcessorShare() * Runtime.getRuntime().availableProcessors(), System::nanoTime),
                System::nanoTime);
    }

    @Bean
    JobMetrics jobMetrics(MeterRegistry registry) {
        return new JobMetrics(registry);
    }

    @Bean
    LimitPolicy limitPolicy(JobsProperties properties) {
        return new LimitPolicy(
                properties.defaults().limits(), properties.maximum().limits());
    }

    @Bean
    RunSettings runSettings(JobsProperties properties, InstantSource clock, Egress egress) {
        return new RunSettings(
                properties.box(),
                properties.terminationGrace(),
                properties.drainGrace(),
                System::nanoTime,
                clock,
                egress);
    }

    @Bean
    Runner runner(
            JobSpaces spaces,
            WarmPools pools,
            Bundles bundles,
            Sandbox sandbox,
            RunSettings settings,
            JobMetrics metrics) {
        return new Runner(spaces, pools, bundles, sandbox, settings, metrics);
    }
}
