package dev.koine.testkit;

import dev.koine.simulator.SimulatedDialect;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every dialect must do, each rule a test. The author of a dialect extends this class in the dialect's own tests,
 * under a name that ends in {@code ContractTest}, and names the dialect:
 *
 * <pre>{@code
 * class AcmeContractTest extends DialectContract {
 *     @Override
 *     protected ProviderSpi spi() {
 *         return new AcmeProvider();
 *     }
 *
 *     @Override
 *     protected Optional<SimulatedDialect> simulated() {
 *         return Optional.of(SimulatedDialect.OPENAI);
 *     }
 *
 *     @Override
 *     protected boolean supports(Behavior behavior) {
 *         return behavior != Behavior.EMBEDDINGS;
 *     }
 * }
 * }</pre>
 *
 * <p>A dialect that the simulator does not speak has a {@link #endpoint()} instead, of a few lines. Nothing is sent to
 * another machine. The methods to override are called at every rule and return fresh, equal values.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class DialectContract {

    /** Create the contract. */
    protected DialectContract() {}

    /** Return the dialect, newly made. */
    protected abstract ProviderSpi spi();

    /**
     * Return whether the dialect does this; true unless overridden. What it does not do is tested too: it must say so in
     * the way that {@link Behavior} tells.
     */
    protected boolean supports(Behavior behavior) {
        return true;
    }

    /**
     * Return a configuration with which the dialect works: its usual base URL and whatever else it needs, such as
     * options. The contract puts a key in, and for round trips replaces the base URL's origin; its path stays.
     *
     * @return {@code https://api.example.com/v1} and nothing else, unless overridden
     */
    protected ProviderConfig config() {
        return ProviderConfig.builder("contract").baseUrl("https://api.example.com/v1").build();
    }

    /** Return which of the simulator's ways of speaking the dialect understands; none unless overridden. */
    protected Optional<SimulatedDialect> simulated() {
        return Optional.empty();
    }

    /** Return an endpoint that speaks the dialect's own wire form; none unless overridden. */
    protected Optional<ScriptedEndpoint> endpoint() {
        return Optional.empty();
    }

    /**
     * Return further recorded answers, beside those that the contract records from simulator or endpoint; none unless
     * overridden. A dialect that has neither needs at least one.
     */
    protected List<Sample> samples() {
        return List.of();
    }

    /**
     * Return where the first request of each preset goes: by the preset's id its address and, behind a blank, how the key
     * travels, as {@code auth} writes it, such as {@code https://api.acme.example/v1/chat/completions bearer}. Placeholders
     * stand for themselves, without braces; the model is {@code m}.
     *
     * @return as many requests as there are presets; an empty map, unless overridden, leaves them untested
     */
    protected Map<String, String> presetRequests() {
        return Map.of();
    }

    private Subject subject() {
        return new Subject(this);
    }

    // ── what it is ──

    /** The class that extends this one has a name that build tools take for a test's, and that says what it is. */
    @Test
    public final void theTestClassIsCalledContractTest() {
        new DescriptorRules(subject()).theTestClassIsCalledContractTest();
    }

    /** Simulator and endpoint are there exactly when there is something to ask over HTTP. */
    @Test
    public final void behaviorsAndEndpointsFitTogether() {
        new DescriptorRules(subject()).behaviorsAndEndpointsFitTogether();
    }

    /** The provider's class is public and has a public constructor without parameters. */
    @Test
    public final void theProviderHasAPublicConstructorWithoutParameters() {
        new DescriptorRules(subject()).theProviderHasAPublicConstructorWithoutParameters();
    }

    /** The descriptor is equal at every call and in every instance. */
    @Test
    public final void theDescriptorIsTheSameAtEveryCall() {
        new DescriptorRules(subject()).theDescriptorIsTheSameAtEveryCall();
    }

    /** The id is none that Koine keeps for itself. */
    @Test
    public final void theIdIsNotReserved() {
        new DescriptorRules(subject()).theIdIsNotReserved();
    }

    /** The summary is one line. */
    @Test
    public final void theSummaryIsOneLine() {
        new DescriptorRules(subject()).theSummaryIsOneLine();
    }

    /** Options and quirks have names in kebab case, each once, and a line about them; defaults fit their types. */
    @Test
    public final void keysAreInKebabCaseAndDocumented() {
        new DescriptorRules(subject()).keysAreInKebabCaseAndDocumented();
    }

    /** What configuration the dialect is made with is what the engine would give it. */
    @Test
    public final void aProviderIsMadeOfTheConfiguration() {
        new ConfigurationRules(subject()).aProviderIsMadeOfTheConfiguration();
    }

    /** A configuration that lacks something or contradicts itself is refused as that, with the key at fault. */
    @Test
    public final void aConfigurationThatCannotWorkIsNamed() {
        new ConfigurationRules(subject()).aConfigurationThatCannotWorkIsNamed();
    }

    /** Any URL can be judged, and always alike. */
    @Test
    public final void anyUrlIsJudgedAlike() {
        new ConfigurationRules(subject()).anyUrlIsJudgedAlike();
    }

    /** A URL that says nothing about a service is left to Koine's own dialects. */
    @Test
    public final void aUrlThatSaysNothingIsNotClaimed() {
        new ConfigurationRules(subject()).aUrlThatSaysNothingIsNotClaimed();
    }

    // ── how it is packed ──

    /** The module descriptor provides the dialect. */
    @Test
    public final void theModuleProvidesTheDialect() {
        new PackageRules(subject()).theModuleProvidesTheDialect();
    }

    /** {@code META-INF/services} names the same providers as the module descriptor. */
    @Test
    public final void theServicesFileNamesTheSameProviders() {
        new PackageRules(subject()).theServicesFileNamesTheSameProviders();
    }

    /** The module requires Koine's SPI itself, or its codec, and no other part of Koine. */
    @Test
    public final void theModuleRequiresTheSpiAndNotTheEngine() {
        new PackageRules(subject()).theModuleRequiresTheSpiAndNotTheEngine();
    }

    /** The engine finds nothing wrong with the jar, before it loads a class of it. */
    @Test
    public final void theEngineTakesTheJarAsAPlugin(@TempDir Path folder) throws Exception {
        new PackageRules(subject()).theEngineTakesTheJarAsAPlugin(folder);
    }

    /** The engine understands the presets, and the first request of each goes where it should. */
    @Test
    public final void presetsAreUnderstood(@TempDir Path folder) throws Exception {
        new PackageRules(subject()).presetsAreUnderstood(folder);
    }

    /** The dialect's classes can be collected when nobody uses them any more. */
    @Test
    public final void theDialectCanBeUnloaded() throws Exception {
        new UnloadRule(subject()).theDialectCanBeUnloaded();
    }

    // ── what it asks ──

    /** Encoding is pure: the same request gives an equal call, at every time and in every instance. */
    @Test
    public final void theSameRequestIsEncodedAlike() {
        new EncodingRules(subject()).theSameRequestIsEncodedAlike();
    }

    /** Requests stay on the origin of the base URL, to which the key belongs. */
    @Test
    public final void requestsStayOnTheConfiguredOrigin() {
        new EncodingRules(subject()).requestsStayOnTheConfiguredOrigin();
    }

    /** The key is named, in one place, and neither its text nor its reference stands anywhere else in a request. */
    @Test
    public final void theKeyIsNamedAndNeverWritten(@TempDir Path folder) throws Exception {
        new EncodingRules(subject()).theKeyIsNamedAndNeverWritten(folder);
    }

    /** Whatever a model is called, it is sent as written, in its place, and changes nothing around it. */
    @Test
    public final void noModelNameBreaksARequest() {
        new EncodingRules(subject()).noModelNameBreaksARequest();
    }

    /** A stream is asked for where there are streams. */
    @Test
    public final void aStreamIsAskedForOrNot() {
        new EncodingRules(subject()).aStreamIsAskedForOrNot();
    }

    /** Tools are offered, or refused as unsupported. */
    @Test
    public final void toolsAreOfferedOrRefused() {
        new EncodingRules(subject()).toolsAreOfferedOrRefused();
    }

    /** A JSON schema is asked for, or refused as unsupported. */
    @Test
    public final void aSchemaIsAskedForOrRefused() {
        new EncodingRules(subject()).aSchemaIsAskedForOrRefused();
    }

    /** An image is sent, or refused as unsupported. */
    @Test
    public final void anImageIsSentOrRefused() {
        new EncodingRules(subject()).anImageIsSentOrRefused();
    }

    /** Embeddings are offered, or there are none. */
    @Test
    public final void embeddingsAreOfferedOrNot() {
        new EncodingRules(subject()).embeddingsAreOfferedOrNot();
    }

    /** A list of models is offered, or there is none. */
    @Test
    public final void modelsAreOfferedOrNot() {
        new EncodingRules(subject()).modelsAreOfferedOrNot();
    }

    // ── what it understands ──

    /** A stream says the same as the whole answer. */
    @Test
    public final void aStreamSaysTheSameAsTheWholeAnswer() {
        new DecodingRules(subject()).aStreamSaysTheSameAsTheWholeAnswer();
    }

    /** A stream says the same however the network cuts it into pieces. */
    @Test
    public final void everySplitOfAStreamIsReadAlike() {
        new DecodingRules(subject()).everySplitOfAStreamIsReadAlike();
    }

    /** A stream whose connection is lost is never complete, wherever it is lost. */
    @Test
    public final void aCutStreamIsNeverComplete() {
        new DecodingRules(subject()).aCutStreamIsNeverComplete();
    }

    /** An answer that is no answer is a failure and no exception. */
    @Test
    public final void garbageIsAFailureAndNoAnswer() {
        new DecodingRules(subject()).garbageIsAFailureAndNoAnswer();
    }

    /** Every answer of status 400 and above is read, whatever its body. */
    @Test
    public final void everyRefusalIsRead() {
        new FailureRules(subject()).everyRefusalIsRead();
    }

    /** 401, 404, 429 and 500 are told apart. */
    @Test
    public final void usualRefusalsAreToldApart() {
        new FailureRules(subject()).usualRefusalsAreToldApart();
    }

    // ── through the engine ──

    /** A question gets its answer, as a whole. */
    @Test
    public final void aQuestionIsAnswered(@TempDir Path folder) throws Exception {
        new RoundTripRules(subject(), folder).aQuestionIsAnswered();
    }

    /** A question gets its answer, as a stream. */
    @Test
    public final void aQuestionIsAnsweredInAStream(@TempDir Path folder) throws Exception {
        new RoundTripRules(subject(), folder).aQuestionIsAnsweredInAStream();
    }

    /** A tool that is offered is called. */
    @Test
    public final void aToolIsCalled(@TempDir Path folder) throws Exception {
        new RoundTripRules(subject(), folder).aToolIsCalled();
    }

    /** A wrong key is told as that. */
    @Test
    public final void aWrongKeyIsTold(@TempDir Path folder) throws Exception {
        new RoundTripRules(subject(), folder).aWrongKeyIsTold();
    }

    /** A stream can be given up in the middle. */
    @Test
    public final void aStreamCanBeCancelled(@TempDir Path folder) throws Exception {
        new RoundTripRules(subject(), folder).aStreamCanBeCancelled();
    }

    /** A stream that is lost in the middle is no answer. */
    @Test
    public final void aLostStreamIsNoAnswer(@TempDir Path folder) throws Exception {
        new RoundTripRules(subject(), folder).aLostStreamIsNoAnswer();
    }

    /** The models are listed. */
    @Test
    public final void modelsAreListed(@TempDir Path folder) throws Exception {
        new RoundTripRules(subject(), folder).modelsAreListed();
    }

    /** Texts become vectors. */
    @Test
    public final void textsBecomeVectors(@TempDir Path folder) throws Exception {
        new RoundTripRules(subject(), folder).textsBecomeVectors();
    }
}
