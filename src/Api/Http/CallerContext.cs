using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Contracts;

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

    /// <summary>As it was sent, to look at the session again; null when none was.</summary>
    public string? Token { get; private set; }

    /// <summary>What the rights of the session were made of when the request began.</summary>
    public object? Rights { get; private set; }

    public void Enter(string token, SessionResult session)
    {
        (Token, Rights) = (token, session.Rights);
        Renew(session);
    }

    /// <summary>From now on the caller is who the session says.</summary>
    public void Renew(SessionResult session) => (_subject, KeyId, Username, Failure) = (session.Subject, session.KeyId, session.Username, session.Failure);
}
