using Microsoft.AspNetCore.Http;

namespace Monolith.Web.Http;

/// <summary>Where the server is, as a client sees it.</summary>
public static class RequestAddress
{
    /// <summary>Scheme, host and path base as the client used them, without a slash at the end.</summary>
    public static string Address(this HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";
}
