package dev.koine.cli.providers;

import static dev.koine.cli.providers.ServiceFacts.Said.json;
import static dev.koine.cli.providers.ServiceFacts.Said.nothing;
import static dev.koine.cli.providers.ServiceFacts.Said.text;
import static dev.koine.cli.providers.ServiceFacts.of;

import dev.koine.cli.providers.ServiceFacts.Said;
import java.util.List;
import java.util.stream.Stream;

/** The services, each with its own way to say no. Written by hand: see {@link ServiceFacts}. */
final class Services {
    private static final Said RESOURCE = json(404, "{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\"}}");
    private static final Said SUBSCRIPTION = json(401,
            """
            {"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint. Make sure \
            to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}}""");
    private static final Said DEPLOYMENT = json(404, """
            {"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist. If you \
            created the deployment within the last 5 minutes, please wait a moment and try again."}}""");
    private static final Said FAST_API = json(404, "{\"detail\":\"Not Found\"}");
    private static final Said SPRING = json(404,
            "{\"timestamp\":\"2026-01-01T00:00:00\",\"status\":404,\"error\":\"Not Found\",\"path\":\"%PATH%\"}");
    private static final Said PAGE = new Said(404, "text/html", "<!DOCTYPE html><html><title>404</title></html>");

    private Services() {}

    static List<ServiceFacts> all() {
        return builders().map(ServiceFacts.Builder::build).toList();
    }

    static Stream<ServiceFacts.Builder> builders() {
        return Stream.of(hosted(), elsewhere(), azure(), here(), gateways()).flatMap(List::stream);
    }

    private static List<ServiceFacts.Builder> azure() {
        return List.of(
                of("azure-deployment", "Azure OpenAI, deployment")
                        .azure("/openai/deployments/prod", "/openai/deployments/{deployment}/chat/completions",
                                "2024-10-21")
                        .model("prod").stray("/deployments/prod").path(RESOURCE).version(RESOURCE).key(SUBSCRIPTION)
                        .unknown(DEPLOYMENT),
                of("azure-v1", "Azure OpenAI, v1")
                        .azure("/openai/v1", "/openai/v1/chat/completions").model("prod").stray("/v1").path(RESOURCE)
                        .key(SUBSCRIPTION).unknown(DEPLOYMENT),
                of("azure-foundry", "Azure AI Foundry, models")
                        .azure("/models", "/models/chat/completions", "2024-05-01-preview").withoutList()
                        .model("grok-3").stray("/v1").path(RESOURCE).key(SUBSCRIPTION)
                        .version(json(400,
                                "{\"error\":{\"code\":\"BadRequest\",\"message\":\"API version not supported\"}}"))
                        .unknown(json(400,
                                "{\"error\":{\"code\":\"unknown_model\",\"message\":\"Unknown model: %MODEL%\"}}")),
                of("azure-serverless", "Azure, serverless endpoint").model("phi-4").stray("/v1/v1").path(FAST_API)
                        .key(json(401, "{\"detail\":\"Invalid token\"}"))
                        .unknown(json(404, "{\"error\":{\"message\":\"The model `%MODEL%` does not exist.\"}}")));
    }

    private static List<ServiceFacts.Builder> hosted() {
        return List.of(
                of("openai", "OpenAI").model("gpt-4o-mini"),
                of("openrouter", "OpenRouter").at("/api/v1").model("openai/gpt-4o-mini").stray("/v1").path(PAGE)
                        .key(json(401, "{\"error\":{\"message\":\"No cookie auth credentials found\",\"code\":401}}"))
                        .unknown(json(400,
                                "{\"error\":{\"message\":\"%MODEL% is not a valid model ID\",\"code\":400}}"))
                        .empty(json(400,
                                "{\"error\":{\"message\":\"Input required: specify \\\"prompt\\\" or \\\"messages\\\"\",\"code\":400}}")),
                of("groq", "Groq").at("/openai/v1").model("openai/gpt-oss-20b").stray("/v1")
                        .key(json(401,
                                "{\"error\":{\"message\":\"Invalid API Key\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}")),
                of("deepseek", "DeepSeek").at("").model("deepseek-v4-flash").stray("/api")
                        .path(json(404, "{\"error_msg\":\"Not Found. Please check the configuration.\"}"))
                        .key(json(401, """
                                {"error":{"message":"Authentication Fails, Your api key: ****cdef is invalid","type":\
                                "authentication_error","param":null,"code":"invalid_request_error"}}"""))
                        .unknown(new Said(400, "application/octet-stream",
                                """
                                {"error":{"message":"The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but \
                                you passed %MODEL%.","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}""")),
                of("mistral", "Mistral").at("").model("mistral-small-latest").stray("/v1/v1")
                        .path(json(404,
                                "{\"message\":\"no Route matched with those values\",\"request_id\":\"5f2c0d1e\"}"))
                        .key(json(401, "{\"detail\":\"Invalid API Key\"}"))
                        .unknown(json(400, """
                                {"object":"error","message":"Invalid model: %MODEL%","type":"invalid_model","param":null,\
                                "code":"1500","raw_status_code":400}"""))
                        .empty(json(422, """
                                {"object":"error","message":{"detail":[{"type":"missing","loc":["body","messages"],"msg":\
                                "Field required"}]},"type":"invalid_request_error","raw_status_code":422}""")),
                of("together", "Together AI").model("meta-llama/Llama-3-70b-chat-hf").stray("/api/v1")
                        .path(json(404,
                                "{\"id\":\"o1\",\"error\":{\"message\":\"Not found\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}"))
                        .key(json(401,
                                "{\"id\":\"o1\",\"error\":{\"message\":\"Invalid API key provided.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_api_key\"}}"))
                        .unknown(json(400, """
                                {"id":"o1","error":{"message":"Unable to access non-serverless model %MODEL%.","type":\
                                "invalid_request_error","param":null,"code":"model_not_available"}}""")),
                of("perplexity", "Perplexity").bare("").withoutList().model("sonar")
                        .stray("", "openai", "dialect").path(nothing(404))
                        .key(json(401,
                                "{\"error\":{\"message\":\"Invalid API key provided.\",\"type\":\"invalid_api_key\",\"code\":401}}"))
                        .unknown(json(400,
                                "{\"error\":{\"message\":\"Invalid model '%MODEL%'.\",\"type\":\"invalid_model\",\"code\":400}}")),
                of("xai", "xAI").model("grok-4").stray("/api")
                        .path(json(404, """
                                {"error":{"code":404,"message":"The requested resource was not found. Please check the URL and \
                                try again. Documentation is available at https://docs.x.ai/"}}"""))
                        .key(json(400, """
                                {"code":"Client specified an invalid argument","error":"Incorrect API key provided. ma***ef. You \
                                can obtain an API key from https://console.x.ai."}"""))
                        .unknown(json(404, """
                                {"code":"Some requested entity was not found","error":"The model %MODEL% does not exist or your \
                                team does not have access to it."}""")),
                of("fireworks", "Fireworks AI").at("/inference/v1").model("accounts/fireworks/models/gpt-oss-20b")
                        .stray("/v1").path(json(404, "{\"error\":\"Path not found\"}"))
                        .key(json(401,
                                "{\"error\":{\"object\":\"error\",\"type\":\"invalid_request_error\",\"message\":\"The API key you provided is invalid.\"}}"))
                        .unknown(json(404, """
                                {"error":{"message":"Model not found, inaccessible, and/or not deployed","param":null,"code":\
                                "NOT_FOUND","type":"error"},"request_id":"r1"}""")),
                of("cerebras", "Cerebras").model("llama-4-scout").stray("/api")
                        .path(json(404,
                                "{\"message\":\"Not Found\",\"type\":\"not_found_error\",\"param\":\"\",\"code\":\"\"}"))
                        .key(json(401,
                                "{\"message\":\"Wrong API Key\",\"type\":\"invalid_request_error\",\"param\":\"api_key\",\"code\":\"wrong_api_key\"}"))
                        .unknown(json(404, """
                                {"message":"Model does not exist or you do not have access to it.","type":"not_found_error",\
                                "param":"model","code":"model_not_found"}""")),
                of("gemini", "Google Gemini").at("/v1beta/openai").model("gemini-2.5-flash").stray("/v1")
                        .path(nothing(404))
                        .key(json(400, """
                                [{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":\
                                "INVALID_ARGUMENT"}}]"""))
                        .unknown(json(404, """
                                [{"error":{"code":404,"message":"models/%MODEL% is not found for API version v1main, or is not \
                                supported for generateContent.","status":"NOT_FOUND"}}]""")),
                of("huggingface", "Hugging Face").model("openai/gpt-oss-20b").stray("/api/v1").path(PAGE)
                        .key(json(401, "{\"error\":\"Invalid username or password.\"}"))
                        .unknown(json(400,
                                """
                                {"error":{"message":"The requested model '%MODEL%' is not supported by any provider you have \
                                enabled.","type":"invalid_request_error","param":"model","code":"model_not_supported"}}""")),
                of("cohere", "Cohere").at("/compatibility/v1").withoutList().model("command-a").stray("/v1")
                        .path(json(404, "{\"message\":\"page not found\"}"))
                        .key(json(401, "{\"id\":\"c1\",\"message\":\"invalid api token\"}"))
                        .unknown(json(404,
                                "{\"id\":\"c1\",\"message\":\"model '%MODEL%' not found, make sure the correct model ID was used\"}")),
                of("zai", "Z.ai").at("/api/paas/v4").model("glm-4.6").stray("/api/paas/v4/v1")
                        .path(SPRING)
                        .key(json(401, "{\"error\":{\"code\":\"1000\",\"message\":\"Authentication Failed\"}}"))
                        .unknown(json(400,
                                "{\"error\":{\"code\":\"1211\",\"message\":\"Unknown Model, please check the model code.\"}}")),
                of("venice", "Venice AI").at("/api/v1").model("llama-3.3-70b").stray("/v1").path(PAGE)
                        .key(json(401, "{\"error\":\"Authentication failed\"}"))
                        .unknown(json(404, "{\"error\":\"Specified model not found\"}")),
                of("copilot", "GitHub Copilot").bare("").model("gpt-4o").stray("", "openai", "dialect")
                        .path(text(404, "404 page not found\n")).key(text(401, "unauthorized: token expired\n"))
                        .unknown(json(400, """
                                {"error":{"message":"The requested model is not supported.","code":"model_not_supported","param":\
                                "model","type":"invalid_request_error"}}""")));
    }

    private static List<ServiceFacts.Builder> elsewhere() {
        return List.of(
                of("zhipu", "Zhipu").at("/api/paas/v4").model("glm-4-plus").stray("/api/paas/v4/v1").path(SPRING)
                        .key(json(401, "{\"error\":{\"code\":\"1000\",\"message\":\"身份验证失败。\"}}"))
                        .unknown(json(400,
                                "{\"error\":{\"code\":\"1211\",\"message\":\"模型不存在，请检查模型代码。\"}}")),
                of("ernie", "Baidu Qianfan (Ernie)").at("/v2").model("ernie-4.5-turbo-32k").stray("/v1")
                        .path(json(404,
                                "{\"error\":{\"code\":\"not_found\",\"message\":\"Not found\",\"type\":\"invalid_request_error\"}}"))
                        .key(json(401, """
                                {"error":{"code":"invalid_iam_token","message":"IAM Certification failed","type":\
                                "invalid_request_error"},"id":"as-1"}"""))
                        .unknown(json(401, """
                                {"error":{"code":"invalid_model","message":"No permission to use the model","type":\
                                "invalid_request_error"},"id":"as-1"}""")),
                of("ai21", "AI21").at("/studio/v1").model("jamba-large").stray("/v1").path(FAST_API)
                        .key(json(401, "{\"detail\":\"Forbidden: Bad or missing API key.\"}"))
                        .unknown(json(422, "{\"detail\":\"Model '%MODEL%' is not supported\"}")),
                of("cloudflare", "Cloudflare Workers AI").at("/client/v4/accounts/a1/ai/v1").withoutList()
                        .model("@cf/openai/gpt-oss-20b").stray("/client/v4/accounts/a1/ai/v1/v1")
                        .path(cloudflare(400, 7000, "No route for that URI"))
                        .key(cloudflare(401, 10000, "Authentication error"))
                        .noKey(cloudflare(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers"))
                        .unknown(cloudflare(400, 5007, "AiError: AiError: No such model %MODEL% or task"))
                        .empty(cloudflare(400, 5006, "AiError: AiError: Invalid input")),
                of("deepinfra", "DeepInfra").at("/v1/openai").model("Qwen/Qwen3-32B").stray("/v1").path(FAST_API)
                        .key(json(401, "{\"detail\":{\"error\":\"User is not authenticated\"}}")),
                of("dashscope", "Alibaba DashScope").at("/compatible-mode/v1").model("qwen-plus").stray("/v1")
                        .path(nothing(404)),
                of("moonshot", "Moonshot AI").model("kimi-k2-0905-preview").stray("/api/v1")
                        .path(json(404,
                                "{\"code\":5,\"error\":\"url.not_found\",\"message\":\"没找到对象\",\"method\":\"POST\",\"url\":\"%PATH%\"}"))
                        .key(json(401,
                                "{\"error\":{\"message\":\"Invalid Authentication\",\"type\":\"invalid_authentication_error\"}}"))
                        .unknown(json(404, """
                                {"error":{"message":"Not found the model %MODEL% or Permission denied","type":\
                                "resource_not_found_error"}}""")),
                of("crusoe", "Crusoe").model("deepseek-ai/DeepSeek-V3-0324").path(FAST_API)
                        .key(json(401,
                                "{\"error\":{\"message\":\"Unauthorized\",\"type\":\"unauthorized\",\"code\":401}}")),
                of("snowflake", "Snowflake Cortex").at("/api/v2/cortex/v1").withoutList().model("claude-4-sonnet")
                        .stray("/v1").path(json(404, "{\"code\":\"390404\",\"message\":\"Not Found\"}"))
                        .key(json(401,
                                "{\"data\":null,\"code\":\"390144\",\"message\":\"JWT token is invalid.\",\"success\":false}"))
                        .unknown(json(400, "{\"message\":\"unknown model \\\"%MODEL%\\\"\",\"request_id\":\"r1\"}")),
                of("vercel", "Vercel AI Gateway").model("openai/gpt-4o").path(text(404, "Not Found"))
                        .key(json(401,
                                "{\"error\":{\"message\":\"Invalid API key\",\"type\":\"authentication_error\"}}"))
                        .unknown(json(404, """
                                {"error":{"message":"Model '%MODEL%' not found","type":"model_not_found","param":{"modelId":\
                                "%MODEL%"}}}""")),
                of("bedrock-mantle", "Amazon Bedrock (Mantle)").model("openai.gpt-oss-20b")
                        .path(json(404, "{\"message\":\"Not Found\"}"))
                        .key(json(401, """
                                {"error":{"code":"invalid_api_key","message":"Invalid bearer token","param":null,"type":\
                                "authentication_error"}}""")),
                of("ollama-cloud", "Ollama Cloud").model("gpt-oss:20b").stray("/api").path(PAGE)
                        .key(json(401,
                                "{\"error\":{\"message\":\"Unauthorized\",\"type\":\"api_error\",\"param\":null,\"code\":null}}"))
                        .unknown(json(404,
                                "{\"error\":{\"message\":\"model '%MODEL%' not found\",\"type\":\"not_found_error\",\"param\":null,\"code\":null}}")),
                of("doubleword", "Doubleword").model("Qwen/Qwen3-30B-A3B").stray("/v1/v1").path(nothing(404))
                        .key(json(403, "{\"code\":\"forbidden\",\"message\":\"Forbidden\",\"type\":\"forbidden\"}"))
                        .empty(json(400,
                                "{\"code\":400,\"message\":\"Validation: messages are missing\",\"type\":\"Bad Request\"}")),
                of("gpustack", "GPUStack").bare("/v1-openai").model("qwen3")
                        .stray("/v1-openai", "openai", "dialect").path(FAST_API)
                        .key(json(401,
                                "{\"code\":401,\"reason\":\"Unauthorized\",\"message\":\"Invalid authentication credentials\"}"))
                        .unknown(json(404,
                                "{\"code\":404,\"reason\":\"NotFound\",\"message\":\"Model not found\"}")));
    }

    private static Said cloudflare(int status, int code, String message) {
        return json(status,
                "{\"success\":false,\"result\":null,\"errors\":[{\"code\":%d,\"message\":\"%s\"}],\"messages\":[]}"
                        .formatted(code, message));
    }

    private static List<ServiceFacts.Builder> here() {
        return List.of(
                of("lmstudio", "LM Studio").keyless().model("qwen3-8b").stray("", "openai-bare", "dialect")
                        .path(json(200, "{\"error\":\"Unexpected endpoint or method. (POST %PATH%)\"}"))
                        .unknown(json(404,
                                """
                                {"error":{"message":"No models loaded. Please load a model in the developer page or use the `lms \
                                load` command.","type":"invalid_request_error","param":"model","code":"model_not_found"}}"""))
                        .empty(json(400, "{\"error\":\"'messages' field is required\"}")),
                of("ollama", "Ollama").keyless().model("llama3.2:3b").stray("", "openai-bare", "dialect")
                        .path(text(404, "404 page not found"))
                        .unknown(json(404, """
                                {"error":{"message":"model \\"%MODEL%\\" not found, try pulling it first","type":\
                                "not_found_error","param":null,"code":null}}""")),
                of("vllm", "vLLM").model("my-model").stray("/v1/v1").path(FAST_API)
                        .key(json(401, "{\"error\":\"Unauthorized\"}"))
                        .unknown(json(404, """
                                {"error":{"message":"The model `%MODEL%` does not exist.","type":"NotFoundError","param":"model",\
                                "code":404}}"""))
                        .empty(json(400, """
                                {"error":{"message":"[{'type': 'missing', 'loc': ('body', 'messages'), 'msg': 'Field required'}]",\
                                "type":"Bad Request","param":null,"code":400}}""")),
                of("llamacpp", "llama.cpp").at("").model("local").anyModel().stray("/api")
                        .path(json(404,
                                "{\"error\":{\"code\":404,\"message\":\"File Not Found\",\"type\":\"not_found_error\"}}"))
                        .key(json(401,
                                "{\"error\":{\"code\":401,\"message\":\"Invalid API Key\",\"type\":\"authentication_error\"}}"))
                        .empty(json(400,
                                "{\"error\":{\"code\":400,\"message\":\"'messages' is required\",\"type\":\"invalid_request_error\"}}")),
                of("tgi", "Text Generation Inference").model("tgi").anyModel().stray("/api").path(nothing(404))
                        .key(nothing(401))
                        .empty(text(422,
                                "Failed to deserialize the JSON body into the target type: missing field `messages`")));
    }

    private static List<ServiceFacts.Builder> gateways() {
        return List.of(
                of("litellm", "LiteLLM proxy").at("").model("gpt-4o").stray("/api").path(FAST_API)
                        .key(json(401, """
                                {"error":{"message":"Authentication Error, Invalid proxy server token passed.","type":\
                                "token_not_found_in_db","param":"None","code":"401"}}"""))
                        .unknown(json(400, """
                                {"error":{"message":"/chat/completions: Invalid model name passed in model=%MODEL%. Call \
                                `/v1/models` to view available models for your key.","type":"invalid_request_error","param":\
                                "None","code":"400"}}""")),
                of("portkey", "Portkey").keyIn("x-portkey-api-key: ").model("gpt-4o").stray("/api")
                        .path(json(404, "{\"status\":\"failure\",\"message\":\"Not Found\"}"))
                        .key(json(401, "{\"status\":\"failure\",\"message\":\"Invalid API Key. Error Code: 03\"}")));
    }
}
