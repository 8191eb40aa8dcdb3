package dev.koine.cli.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.core.Koine;
import dev.koine.core.KoineOptions;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.detection.Answer;
import dev.koine.core.detection.Asked;
import dev.koine.core.detection.Signature;
import dev.koine.core.detection.Signatures;
import dev.koine.core.json.JsonReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each service's answers prove. The answers are written by hand after what the services are known to send. */
class DetectionTableTest {
    @TempDir static Path home;

    private static Koine koine;

    @BeforeAll
    static void open() {
        koine = Koine.open(KoineOptions.builder().env(Map.of()).paths(KoinePaths.under(home)).directory(home).build());
    }

    @AfterAll
    static void close() {
        koine.close();
    }

    private static Signatures signatures() {
        return koine.detection().signatures();
    }

    private static List<Signature> prove(Asked asked, int status, String headers, String body) {
        var lines = new LinkedHashMap<String, List<String>>();
        Arrays.stream(headers.split(", ")).filter(line -> line.contains(":")).forEach(line -> lines.put(
                line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                List.of(line.substring(line.indexOf(':') + 1).strip())));
        return signatures().matching(new Answer(asked, status, lines, body, JsonReader.read(body)));
    }

    @Test
    void theDataAreReadWithoutAProblem() {
        assertThat(signatures().problems()).isEmpty();
        assertThat(signatures().all()).hasSizeGreaterThan(70);
    }

    @Test
    void everyServiceIsAPreset() {
        assertThat(signatures().all()).allSatisfy(signature -> assertThat(signature.service().stream())
                .allSatisfy(id -> assertThat(koine.presets().find(id)).as(id).isPresent()));
    }

    @Test
    void everyDialectIsThere() {
        assertThat(signatures().all()).allSatisfy(signature -> assertThat(signature.dialect().stream())
                .allSatisfy(id -> assertThat(koine.dialects().ids()).contains(id)));
    }

    @ParameterizedTest(name = "{0} {1} {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # asked   | status | headers | body | verdict | service | field
            models     | 200 | | {"object":"list","data":[{"id":"m","object":"model","owned_by":"x"}]} | works | ? | ?
            models     | 200 | | {"object":"list","data":[]} | works | ? | ?
            models     | 200 | | {"object":"list","data":[{"id":"m","owned_by":"vllm","max_model_len":4096}]} | works | vllm | ?
            models     | 200 | | {"object":"list","data":[{"id":"m","owned_by":"library"}]} | works | ollama | ?
            models     | 200 | | {"data":[{"id":"m","meta":{"n_ctx":1,"n_ctx_train":2}}],"models":[]} | works | llamacpp | ?
            models     | 200 | | {"data":[{"id":"m","canonical_slug":"m","top_provider":{}}]} | works | openrouter | ?
            models     | 200 | | [{"id":"m","object":"model","type":"chat"}] | works | together | ?
            completion | 200 | | {"choices":[{"message":{"content":"x"}}]} | works | ? | ?
            completion | 200 | | {"choices":[{}],"x_groq":{"id":"r"}} | works | groq | ?
            completion | 200 | | {"choices":[{"native_finish_reason":"stop"}],"provider":"X"} | works | openrouter | ?
            completion | 200 | | {"choices":[{}],"system_fingerprint":"fp_ollama"} | works | ollama | ?
            completion | 200 | | {"choices":[{}],"timings":{"predicted_ms":3}} | works | llamacpp | ?
            completion | 200 | | {"choices":[{}],"stats":{},"system_fingerprint":"m"} | works | lmstudio | ?
            completion | 200 | | {"choices":[{}],"prompt_logprobs":null,"kv_transfer_params":null} | works | vllm | ?
            completion | 200 | x-ms-region: East US | {"choices":[{}],"prompt_filter_results":[]} | works | azure-openai | ?
            completion | 200 | | {"choices":[{}],"search_results":[]} | works | perplexity | ?
            completion | 200 | | {"choices":[{}],"time_info":{"queue_time":1}} | works | cerebras | ?
            completion | 200 | | {"choices":[{}],"usage":{"num_sources_used":0}} | works | xai | ?
            completion | 200 | | {"choices":[{}],"prompt":[]} | works | together | ?
            models     | 200 | x-powered-by: Express | {"error":"Unexpected endpoint or method. (GET /models)"} | route | lmstudio | base-url
            completion | 200 | x-powered-by: Express | {"error":"Unexpected endpoint or method. (POST /v1/v1/chat/completions)"} | route | lmstudio | base-url
            completion | 200 | | {"error":{"message":"the model is not ready"}} | request | ? | ?
            models     | 200 | content-type: text/html | <!doctype html><html lang="en"><title>OpenRouter</title> | web-page | ? | base-url
            models     | 404 | content-type: text/html | <html><head><title>404 Not Found</title></head><body><center>nginx</center> | web-page | ? | base-url
            models     | 302 | location: https://login.example | | web-page | ? | base-url
            models     | 502 | cf-ray: 8 | <!DOCTYPE html><html><title>502: Bad gateway</title> | down | ? | ?
            models     | 404 | content-type: text/plain | 404 page not found | route | ? | base-url
            models     | 404 | server: uvicorn | {"detail":"Not Found"} | route | ? | base-url
            completion | 404 | | {"error":{"type":"invalid_request_error","code":"unknown_url","message":"Unknown request URL: POST /chat/completions. Please check the URL for typos","param":null}} | route | openai | base-url
            completion | 404 | | {"error":{"message":"Invalid URL (POST /v1/chat/completions/chat/completions)","type":"invalid_request_error","param":null,"code":null}} | route | openai | base-url
            completion | 404 | apim-request-id: 1 | {"error":{"code":"404","message": "Resource not found"}} | route | azure-openai | api-version
            completion | 404 | | {"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}} | deployment | azure-openai | deployment
            completion | 404 | | {"error":{"code":404,"message":"File Not Found","type":"not_found_error"}} | route | llamacpp | base-url
            models     | 404 | | {"message":"no Route matched with those values","request_id":"1"} | route | ? | base-url
            completion | 404 | | {"error":{"code":404,"message":"The requested resource was not found. Please check the URL and try again. Documentation is available at https://docs.x.ai/"}} | route | xai | base-url
            completion | 404 | | {"error_msg": "Not Found. Please check the configuration."} | route | deepseek | base-url
            completion | 404 | | {"timestamp":"2026-01-01T00:00:00","status":404,"error":"Not Found","path":"/v4/v1/chat/completions"} | route | ? | base-url
            completion | 404 | | | route | ? | base-url
            models     | 401 | | {"error":{"message":"Incorrect API key provided: sk-x. You can find your API key at https://platform.openai.com/account/api-keys.","code":"invalid_api_key"}} | auth | openai | api-key
            models     | 401 | www-authenticate: Bearer realm="x" | {"error":"Unauthorized"} | auth | ? | api-key
            models     | 401 | | | auth | ? | api-key
            models     | 401 | | {"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}} | auth | azure-openai | api-key
            models     | 403 | | {"error":"Forbidden"} | auth | ? | api-key
            completion | 400 | | {"code":"Client specified an invalid argument","error":"Incorrect API key provided. sk***A. You can obtain an API key from https://console.x.ai."} | auth | xai | api-key
            models     | 400 | | [{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}] | auth | gemini | api-key
            models     | 401 | | {"error":{"message":"Authentication Error, Invalid proxy server token passed","type":"token_not_found_in_db","param":"None","code":"401"}} | auth | litellm | api-key
            models     | 401 | | {"error":{"message":"Authentication Fails, Your api key: ****-key is invalid","type":"authentication_error"}} | auth | deepseek | api-key
            models     | 401 | | {"error":{"message":"No cookie auth credentials found","code":401}} | auth | openrouter | api-key
            models     | 401 | mistral-correlation-id: 1 | {"detail":"Invalid API Key"} | auth | mistral | api-key
            models     | 401 | | {"message":"Wrong API Key","type":"invalid_request_error","param":"api_key","code":"wrong_api_key"} | auth | cerebras | api-key
            models     | 401 | | {"message":"invalid api token"} | auth | cohere | api-key
            completion | 402 | | {"error":{"message":"Insufficient Balance"}} | account | ? | ?
            completion | 412 | | {"error":{"message":"suspended","code":"PRECONDITION_FAILED","type":"error"},"request_id":"1"} | account | fireworks | ?
            completion | 429 | | {"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}} | account | ? | ?
            completion | 404 | | {"error":{"message":"The model `x` does not exist or you do not have access to it.","code":"model_not_found"}} | model | ? | model
            completion | 400 | | {"object":"error","message":"Invalid model: x","type":"invalid_model","param":null,"code":"1500","raw_status_code":400} | model | mistral | model
            completion | 400 | | {"error":{"message":"The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you passed x."}} | model | deepseek | model
            completion | 404 | | {"error":{"message":"model \\"x\\" not found, try pulling it first","type":"not_found_error"}} | model | ollama | model
            completion | 404 | | {"error":{"message":"No models loaded. Please load a model in the developer page or use the `lms load` command.","code":"model_not_found"}} | model | lmstudio | model
            completion | 400 | | {"error":{"message":"The requested model 'x' is not supported by any provider you have enabled.","code":"model_not_supported","param":"model"}} | model | huggingface | model
            completion | 404 | | {"error":{"message":"Model not found","param":null,"code":"NOT_FOUND","type":"error"},"request_id":"1"} | model | fireworks | model
            completion | 400 | | {"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model.","code":"unsupported_parameter","param":"max_tokens"}} | request | ? | drop
            completion | 422 | | {"error":"Input validation error: `inputs` must be <= 4096","error_type":"validation"} | request | tgi | ?
            completion | 400 | | {"status":"failure","message":"Either x-portkey-config or x-portkey-provider header is required"} | header | portkey | headers
            completion | 429 | retry-after: 2 | {"error":{"message":"Rate limit reached","code":"rate_limit_exceeded"}} | busy | ? | ?
            completion | 503 | | {"error":{"code":503,"message":"Loading model","type":"unavailable_error"}} | starting | llamacpp | ?
            completion | 529 | | {"error":"overloaded"} | starting | ? | ?
            chat       | 405 | server: uvicorn, allow: POST | {"detail":"Method Not Allowed"} | method | ? | ?
            chat       | 422 | | {"detail":[{"loc":["body"],"msg":"field required","type":"missing"}]} | method | ? | ?
            models     | 200 | x-litellm-version: 1.80 | {"data":[{"id":"m","object":"model"}]} | works | litellm | ?
            completion | 200 | x-inference-provider: groq | {"choices":[{}]} | works | huggingface | ?
            """)
    void anAnswerProvesThis(String asked, int status, String headers, String body, String verdict, String service,
            String field) {
        var proved = prove(Asked.valueOf(asked.toUpperCase(Locale.ROOT)), status,
                Optional.ofNullable(headers).orElse(""),
                Optional.ofNullable(body).orElse(""));
        var decisive = proved.stream().filter(signature -> signature.verdict().isPresent()).findFirst();
        assertThat(decisive).isPresent();
        assertThat(decisive.get().verdict().orElseThrow().word()).isEqualTo(verdict);
        assertThat(proved.stream().flatMap(signature -> signature.service().stream()).findFirst().orElse("?"))
                .isEqualTo(service);
        if (!field.equals("?")) {
            assertThat(decisive.get().field()).contains(field);
        }
    }
}
