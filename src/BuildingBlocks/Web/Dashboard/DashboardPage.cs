using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;

namespace Monolith.Web.Dashboard;

/// <summary>The base of every page. It sends what endpoints send, and turns failures into something to show.</summary>
/// <remarks>
/// A page loads everything in its own <c>OnInitializedAsync</c>, one request after the other: components render while others wait,
/// and one request has one database connection. Components below a page take data and load nothing.
/// </remarks>
public abstract class DashboardPage : ComponentBase
{
    /// <summary>The request.</summary>
    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    /// <summary>The page to go back to, as links carry it.</summary>
    [SupplyParameterFromQuery(Name = "return")]
    public string? Return { get; set; }

    /// <summary>The way into the pipeline.</summary>
    [Inject]
    protected IDispatcher Dispatcher { get; set; } = null!;

    /// <summary>Who looks at the page.</summary>
    [Inject]
    protected ICaller Caller { get; set; } = null!;

    /// <summary>The time.</summary>
    [Inject]
    protected TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Flash Messages { get; set; } = null!;

    /// <summary>Why the page cannot be shown; the answer has its status.</summary>
    protected Error? Failure { get; private set; }

    /// <summary>Why the form was refused; shown beside it, with what was typed still there.</summary>
    protected Error? Refusal { get; private set; }

    /// <summary>Path and query of the request, as links write them: without the path base.</summary>
    protected string Here => Http.Request.Path + Http.Request.QueryString;

    /// <summary>Asks; null after a failure, which becomes <see cref="Failure"/>.</summary>
    protected async Task<T?> LoadAsync<T>(IRequest<T> query)
        where T : class
    {
        var result = await Dispatcher.SendAsync(query, Http.RequestAborted);
        if (result.IsSuccess)
            return result.Value;
        Fail(result.Error);
        return null;
    }

    /// <summary>Asks for something that the page can do without; null when refused.</summary>
    protected async Task<T?> TryLoadAsync<T>(IRequest<T> query)
        where T : class
    {
        var result = await Dispatcher.SendAsync(query, Http.RequestAborted);
        return result.IsSuccess ? result.Value : null;
    }

    /// <summary>Orders; a failure becomes <see cref="Refusal"/>.</summary>
    protected async Task<Result<T>> SendAsync<T>(IRequest<T> command)
    {
        var result = await Dispatcher.SendAsync(command, Http.RequestAborted);
        if (!result.IsSuccess)
            Refuse(result.Error);
        return result;
    }

    /// <summary>The page cannot be shown.</summary>
    protected void Fail(Error error)
    {
        Failure = error;
        Answer(error);
    }

    /// <summary>The form is refused.</summary>
    protected void Refuse(Error error)
    {
        Refusal = error;
        Answer(error);
    }

    // Late: the framework drops the body of a page that is a 404 before it is written.
    private void Answer(Error error) => Http.Response.OnStarting(() =>
    {
        Http.Response.StatusCode = error.Status;
        return Task.CompletedTask;
    });

    /// <summary>Leaves for another page, a path of this site; <paramref name="message"/> is shown there, with a button for <paramref name="undo"/>.</summary>
    protected void Leave(string path, string? message = null, FlashUndo? undo = null)
    {
        if (message is not null)
            Messages.Keep(Http, new FlashMessage(message, undo));
        Navigation.NavigateTo(Http.Request.PathBase + path);
    }

    /// <summary>Leaves for <see cref="Return"/>, or for <paramref name="fallback"/>.</summary>
    protected void GoBack(string fallback, string? message = null, FlashUndo? undo = null) => Leave(LocalPath.Or(Return, fallback), message, undo);
}
