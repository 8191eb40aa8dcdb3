package com.example.ollama;

import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.testkit.DialectContract;
import dev.koine.testkit.Sample;
import dev.koine.testkit.ScriptedEndpoint;
import java.util.List;
import java.util.Optional;

class OllamaContractTest extends DialectContract {

    @Override
    protected ProviderSpi spi() {
        return new OllamaProvider();
    }

    @Override
    protected ProviderConfig config() {
        return ProviderConfig.builder("ollama").baseUrl("http://localhost:11434").build();
    }

    @Override
    protected Optional<ScriptedEndpoint> endpoint() {
        return Optional.of(new OllamaEndpoint());
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                Sample.of("thinking", """
                        {"model":"qwen3:8b","message":{"role":"assistant","content":"391.","thinking":"17 × 23 …"},\
                        "done":true,"done_reason":"stop","prompt_eval_count":19,"eval_count":412}
                        """, """
                        {"model":"qwen3:8b","message":{"role":"assistant","content":"","thinking":"17 × "},"done":false}
                        {"model":"qwen3:8b","message":{"role":"assistant","content":"","thinking":"23 …"},"done":false}
                        {"model":"qwen3:8b","message":{"role":"assistant","content":"391."},"done":false}
                        {"model":"qwen3:8b","message":{"role":"assistant","content":""},\
                        "done":true,"done_reason":"stop","prompt_eval_count":19,"eval_count":412}
                        """),
                Sample.of("two tool calls", """
                        {"model":"qwen3:8b","message":{"role":"assistant","content":"","tool_calls":[\
                        {"function":{"name":"weather","arguments":{"city":"Köln","days":2}}},\
                        {"function":{"name":"time","arguments":{}}}]},"done":true,"done_reason":"stop"}
                        """, """
                        {"model":"qwen3:8b","message":{"role":"assistant","content":"","tool_calls":[\
                        {"function":{"name":"weather","arguments":{"city":"Köln","days":2}}}]},"done":false}
                        {"model":"qwen3:8b","message":{"role":"assistant","content":"","tool_calls":[\
                        {"function":{"name":"time","arguments":{}}}]},"done":false}
                        {"model":"qwen3:8b","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}
                        """));
    }
}
