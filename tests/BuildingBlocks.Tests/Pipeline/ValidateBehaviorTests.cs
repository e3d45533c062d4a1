using FluentValidation;
using Monolith.Data.Paging;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.BuildingBlocks.Tests.Pipeline;

public sealed class ValidateBehaviorTests
{
    private int _handled;

    [Fact]
    public async Task All_complaints_come_at_once_under_their_wire_names()
    {
        var answer = await RunAsync(new Sample("", -1), new NameValidator(), new CountValidator());
        Assert.Equal(ErrorKind.BadRequest, answer.Error!.Kind);
        Assert.StartsWith("Validation", answer.Error.Message, StringComparison.Ordinal);
        Assert.Equal(["display_name", "seat_count"], answer.Error.Validations!.Select(field => field.Field));
        Assert.Equal(0, _handled);
    }

    [Fact]
    public async Task A_sound_request_goes_on()
    {
        Assert.True((await RunAsync(new Sample("a", 1), new NameValidator(), new CountValidator())).IsSuccess);
        Assert.True((await RunAsync(new Sample("", -1))).IsSuccess);
        Assert.Equal(2, _handled);
    }

    [Fact]
    public async Task An_unreadable_body_comes_through_and_no_validator_runs()
    {
        var body = Body<NameBody>.Parse("{"u8);
        var validator = Substitute.For<IValidator<WithBody>>();
        var answer = await RunAsync(new WithBody(body), validator);
        Assert.Same(body.Error, answer.Error);
        Assert.NotNull(answer.Error);
        Assert.Empty(validator.ReceivedCalls());
        Assert.Equal(0, _handled);
    }

    [Fact]
    public void Every_bad_page_parameter_is_named()
    {
        var result = new PageRequestValidator(new PagingOptions()).Validate(PageRequest.Parse("-1", "x", "x"));
        Assert.Equal(["limit", "offset", "after_id"], result.Errors.Select(failure => failure.PropertyName));
    }

    [Fact]
    public async Task Page_parameters_inside_a_request_keep_their_own_names()
    {
        var answer = await RunAsync(new Listing(PageRequest.Parse("-1", "x", "x")), new ListingValidator());
        Assert.Equal(["limit", "offset", "after_id"], answer.Error!.Validations!.Select(field => field.Field));
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("1.5")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    [InlineData("٣")]
    public void A_limit_that_is_no_count_is_named(string limit) =>
        Assert.Equal("limit", Assert.Single(new PageRequestValidator(new PagingOptions()).Validate(PageRequest.Parse(limit, null, null)).Errors).PropertyName);

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("0", 0)]
    [InlineData("2147483647", int.MaxValue)]
    public void Good_page_parameters_are_read(string? limit, int expected)
    {
        var page = PageRequest.Parse(limit, limit, "");
        Assert.True(new PageRequestValidator(new PagingOptions()).Validate(page).IsValid);
        Assert.Equal(new PageWindow(expected, expected, null), page.Window);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("0", false)]
    [InlineData("101", false)]
    [InlineData("100", true)]
    public void A_limit_of_the_deployment_holds_for_everything_too(string? limit, bool valid) =>
        Assert.Equal(valid, new PageRequestValidator(new PagingOptions { MaxLimit = 100 }).Validate(PageRequest.Parse(limit, null, null)).IsValid);

    private Task<Result<int>> RunAsync<TRequest>(TRequest request, params IValidator<TRequest>[] validators)
        where TRequest : IQuery<int> =>
        new ValidateBehavior<TRequest, Result<int>>(validators, Substitute.For<IServiceProvider>())
            .Handle(request, CancellationToken.None, () => Task.FromResult<Result<int>>(++_handled));

    public sealed record Sample(string DisplayName, int SeatCount) : IQuery<int>;

    public sealed record Listing(PageRequest Page) : IQuery<int>;

    private sealed class ListingValidator : AbstractValidator<Listing>
    {
        public ListingValidator() => RuleFor(listing => listing.Page).SetValidator(new PageRequestValidator(new PagingOptions()));
    }

    public sealed record NameBody(string Name);

    public sealed record WithBody(Body<NameBody> Body) : IQuery<int>;

    private sealed class NameValidator : AbstractValidator<Sample>
    {
        public NameValidator() => RuleFor(sample => sample.DisplayName).NotEmpty();
    }

    private sealed class CountValidator : AbstractValidator<Sample>
    {
        public CountValidator() => RuleFor(sample => sample.SeatCount).GreaterThanOrEqualTo(0);
    }
}
