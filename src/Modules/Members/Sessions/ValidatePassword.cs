using System.ComponentModel.DataAnnotations;
namespace Monolith.Members.Sessions;

internal sealed class ValidatePasswordEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/users/validate-password",
            (Body<ValidatePasswordRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ValidatePasswordQuery(body), ct).Ok())
        .For<ValidatePasswordQuery>("validate-user-password", "Tells whether a password is strong enough; nothing is stored or compared.")
        .WithTags("Authorization")
        .PasswordRateLimit()
        .ReadsOnly()
        .Produces<PasswordVerdict>();
}

internal sealed record ValidatePasswordRequest([property: Required] string? Password);

/// <summary><c>details</c> says what to do about a weak password; empty for a strong one.</summary>
internal sealed record PasswordVerdict(bool Valid, string Details);

[AllowAnonymousRequest("The set-up page asks before anybody can sign in; nothing is compared with what is stored.")]
internal sealed record ValidatePasswordQuery(Body<ValidatePasswordRequest> Body) : IQuery<PasswordVerdict>;

internal sealed class ValidatePasswordValidator : AbstractValidator<ValidatePasswordQuery>
{
    public ValidatePasswordValidator() =>
        RuleFor(query => query.Body.Value.Password).Must(text => text is not null).OverridePropertyName("password").WithMessage("Required.");
}

internal sealed class ValidatePasswordHandler : IQueryHandler<ValidatePasswordQuery, PasswordVerdict>
{
    public Task<Result<PasswordVerdict>> Handle(ValidatePasswordQuery request, CancellationToken cancellationToken)
    {
        var weakness = PasswordCheck.Weakness(request.Body.Value.Password);
        return Task.FromResult<Result<PasswordVerdict>>(new PasswordVerdict(weakness is null, weakness ?? ""));
    }
}
