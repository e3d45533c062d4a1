using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Monolith.Api.Description;

namespace Monolith.Api.Dashboard.Docs;

/// <summary>The API document, read once for its pages: routes do not change while the server runs.</summary>
internal sealed class ReferenceSource([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider)
{
    private readonly Lazy<Task<ApiReference>> _read = new(() => ReadAsync(provider));

    public Task<ApiReference> GetAsync() => _read.Value;

    private static async Task<ApiReference> ReadAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        return ReferenceReader.Read(JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!);
    }
}

/// <summary>The pages below <c>/docs</c>.</summary>
internal static class DocsHosting
{
    public static void AddDocs(this IServiceCollection services) => services.AddSingleton<ReferenceSource>();
}
