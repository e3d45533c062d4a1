using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Results;

namespace Monolith.Web.Http;

/// <summary>Tells what is wrong with a body that the HTTP server could not read: its size, or its framing. Both are the client's error.</summary>
public static class BodyFault
{
    /// <summary>The answer, or null when the exception has another cause.</summary>
    public static Error? Explain(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Error(ErrorKind.TooLarge, "The request body is too large.", "At most 1 MiB is accepted."),
        BadHttpRequestException or ConnectionResetException => Unreadable,

        // An absurd chunk size is no BadHttpRequestException.
        IOException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } => Unreadable,
        _ => null,
    };

    private static readonly Error Unreadable = Error.BadRequest("The request body could not be read.");
}
