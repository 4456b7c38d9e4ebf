package io.bascule.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The UI in a real Chromium at the real platform, path by path. Any of them fails also on a word of the browser's console and
 * on a breach of the content security policy. Those tagged {@code browser} take longer: {@code ./mvnw -Pbrowser verify}.
 */
@Timeout(600)
@EnabledIf(
        value = "io.bascule.system.Browser#isInstalled",
        disabledReason = "no Chromium: install Debian's chromium, or name one in BASCULE_CHROMIUM")
@TestMethodOrder(OrderAnnotation.class)
class BrowserTests {

    private static Platform platform;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Path home = Checkout.root().resolve("system-tests/target/browser");
        platform = Platform.start(home, PortRange.free(), "--ephemeral", "--without", "demo-agent")
                .awaitReady();
        browser = Browser.at(platform);
    }

    @AfterAll
    static void stop() throws Exception {
        try (Platform ending = platform) {
            browser.close();
            assertThat(ending.terminate()).isZero();
        }
    }

    @Test
    @Order(1)
    void theFirstRunLeadsFromNothingToATunnelATaskAndAFunction() throws Exception {
        browser.walk("firstRun");
    }

    @Test
    void aSignInLeadsBackToWhereOneWas() throws Exception {
        browser.walk("signIn");
    }

    @Test
    void oneSignInLeadsIntoBothEntries() throws Exception {
        browser.walk("bothEntries");
    }

    @Test
    void aResourceIsCreatedAndSaysHowToConnect() throws Exception {
        browser.walk("createResource");
    }

    @Test
    void aTaskIsSubmittedAndItsResultComes() throws Exception {
        browser.walk("submitTask");
    }

    @Test
    void aTaskOfSomebodyElseAppearsByItself() throws Exception {
        browser.walk("followTasks");
    }

    @Test
    void aFunctionIsWrittenAndRun() throws Exception {
        browser.walk("createFunction");
    }

    @Test
    void aFunctionReadsTheSecretsItMay() throws Exception {
        browser.walk("functionReadsSecret");
    }

    @Test
    @Tag("browser")
    void anEarlierVersionIsMadeLiveAndTheNewestAgain() throws Exception {
        browser.walk("rollBackFunction");
    }

    @Test
    void aTaskSaysWhyItWaits() throws Exception {
        browser.walk("taskSaysWhyItWaits");
    }

    @Test
    void aQueueIsPausedAndPurged() throws Exception {
        browser.walk("pauseAndPurge");
    }

    @Test
    void whatScalesSaysHowManyThereShouldBeAndReplaysARecordedLoad() throws Exception {
        browser.walk("scalingDecides");
    }

    @Test
    void aScheduleIsCreatedAndRunsNow() throws Exception {
        browser.walk("createSchedule");
    }

    @Test
    void aSecretIsSetAndNeverShown() throws Exception {
        browser.walk("setAndRemoveSecret");
    }

    @Test
    void aWebhookIsCreatedByKeyboardAlone() throws Exception {
        browser.walk("createWebhook");
    }

    @Test
    void aTokenIsCreatedAndRevoked() throws Exception {
        browser.walk("createToken");
    }

    @Test
    void theQuotaIsSetAndLifted() throws Exception {
        browser.walk("setQuota");
    }

    @Test
    void aLostSessionLosesNothingThatWasTyped() throws Exception {
        browser.walk("sessionLost");
    }

    @Test
    void twoChangesOfTheSameAreBothShown() throws Exception {
        browser.walk("bothVersions");
    }

    @Test
    void aCutNetworkLeavesNoGapInALog() throws Exception {
        browser.walk("networkCut");
    }

    @Test
    void anAnswerThatIsLostLetsNothingHappenTwice() throws Exception {
        browser.walk("answerLost");
    }

    @Test
    void changesGoOnWhereTheyBrokeOff() throws Exception {
        browser.walk("changesGoOn");
    }

    @Test
    @Tag("browser")
    void twoTabsSeeAndBearEachOther() throws Exception {
        browser.walk("twoTabs");
    }

    @Test
    @Tag("browser")
    void hostileWordsStayWords() throws Exception {
        browser.walk("hostileWords");
    }

    @Test
    void wordsFromRightToLeftTurnNothingElse() throws Exception {
        browser.walk("rightToLeft");
    }

    @Test
    void aClockThatIsHoursWrongChangesNothing() throws Exception {
        browser.walk("wrongClock");
    }

    @Test
    @Tag("browser")
    void aTaskIsSubmittedWithoutAMouse() throws Exception {
        browser.walk("taskByKeyboard");
    }

    @Test
    @Tag("browser")
    void aFunctionIsWrittenAndRunWithoutAMouse() throws Exception {
        browser.walk("functionByKeyboard");
    }

    @Test
    @Tag("browser")
    void aResourceIsAddedWithoutAMouse() throws Exception {
        browser.walk("resourceByKeyboard");
    }

    @Test
    @Tag("browser")
    void slowAnswersTakeNothingAway() throws Exception {
        browser.walk("slowAnswers");
    }

    @Test
    @Tag("browser")
    void backAndForwardLeadThroughFiltersDialogsAndBothEntries() throws Exception {
        browser.walk("backAndForward");
    }

    @Test
    @Tag("browser")
    void aBrowserWithoutWorkersWritesAndRunsFunctions() throws Exception {
        browser.walk("withoutWorkers");
    }

    @Test
    void everyPageIsAccessible() throws Exception {
        browser.walk("everyPageInTheLight");
    }

    @Test
    @Tag("browser")
    void everyPageIsAccessibleInTheDark() throws Exception {
        browser.walk("everyPageInTheDark");
    }

    @Test
    @Tag("browser")
    void everyPageIsAccessibleOnAPhone() throws Exception {
        browser.walk("everyPageOnAPhone");
    }

    @Test
    @Tag("browser")
    void everyPageIsAccessibleOnAPhoneInTheDark() throws Exception {
        browser.walk("everyPageOnAPhoneInTheDark");
    }

    @Test
    @Tag("browser")
    void aTunnelIsSeenToMoveWhenItsBridgeIsDrained() throws Exception {
        browser.walk("bridgeDrained");
    }

    @Test
    @Tag("browser")
    void aFunctionInPythonRuns() throws Exception {
        browser.walk("createPythonFunction");
    }
}
