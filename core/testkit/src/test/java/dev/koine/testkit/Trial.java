package dev.koine.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract by JUnit's launcher and gathers what became of its rules. */
final class Trial implements TestExecutionListener {
    private final Map<String, String> broken = new TreeMap<>();
    private final Map<String, String> skipped = new TreeMap<>();
    private int kept;

    private Trial() {}

    /** Run a contract whose constructor may ask for the parameters. */
    static Trial of(Class<? extends DialectContract> contract, Map<String, String> parameters) {
        var trial = new Trial();
        var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract))
                .configurationParameters(new LinkedHashMap<>(parameters)).build();
        LauncherFactory.create().execute(request, trial);
        return trial;
    }

    /** Return the broken rules, each with what it says. */
    Map<String, String> broken() {
        return broken;
    }

    /** Return the rules that do not concern the dialect, each with why. */
    Map<String, String> skipped() {
        return skipped;
    }

    int kept() {
        return kept;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String rule = test.getSource()
                .map(source -> source instanceof MethodSource method ? method.getMethodName() : "")
                .orElse("");
        String said = result.getThrowable().map(thrown -> thrown.getMessage() + "").orElse("");
        switch (result.getStatus()) {
            case SUCCESSFUL -> kept += test.isTest() ? 1 : 0;
            case ABORTED -> skipped.put(rule, said);
            case FAILED -> broken.put(rule, said);
        }
    }
}
