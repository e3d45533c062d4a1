using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Results;

namespace Monolith.Api.Http;

/// <summary>The caller of the current request; the session middleware fills it.</summary>
internal sealed class CallerContext(IHttpContextAccessor http) : ICaller
{
    private Subject? _subject;

    public bool IsAuthenticated => _subject is not null;

    public Guid UserId => Subject.UserId;

    public Subject Subject => _subject ?? throw new InvalidOperationException("The request has no session.");

    public Error? Failure { get; private set; }

    public string? KeyId { get; private set; }

    /// <summary>For the head of the pages; null when anonymous.</summary>
    public string? Username { get; private set; }

    public string? Address => http.HttpContext?.Connection.RemoteIpAddress?.ToString();

    public string? RequestId => http.HttpContext?.TraceIdentifier;

    public string? UserAgent => http.HttpContext?.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent
        ? new string([.. agent.Where(c => !char.IsControl(c)).Take(256)])
        : null;

    public void Enter(Subject subject, string keyId, string username) => (_subject, KeyId, Username) = (subject, keyId, username);

    public void Fail(Error failure) => Failure = failure;
}
