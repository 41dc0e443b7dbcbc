using Grpc.Core;

namespace EnergyChain.Client.Rpc;

/// <summary>
/// Runs calls with a deadline each and tries again while the node cannot be reached; reads that stay without an answer
/// are asked twice. Every status that ends it becomes a <see cref="NodeClientException"/>.
/// </summary>
internal sealed class RetryingCalls(NodeClientOptions options, TimeProvider time)
{
    /// <param name="call">Starts an attempt; is told whether it is a repetition.</param>
    /// <param name="timeout">How long an attempt may take.</param>
    /// <param name="cancellationToken">Ends it all.</param>
    public async Task<T> RunAsync<T>(
        Func<CallOptions, bool, Task<T>> call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        TimeSpan backoff = options.FirstBackoff;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                DateTime deadline = time.GetUtcNow().UtcDateTime + timeout;
                CallOptions callOptions = new(deadline: deadline, cancellationToken: cancellationToken);
                return await call(callOptions, attempt > 1);
            }
            catch (RpcException exception) when (IsTransient(exception) && attempt < options.MaxAttempts)
            {
                await Task.Delay(backoff, time, cancellationToken);
                backoff = backoff * 2 > options.MaxBackoff ? options.MaxBackoff : backoff * 2;
            }
            catch (RpcException exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw Translate(exception);
            }
        }
    }

    /// <summary>
    /// As <see cref="RunAsync"/>, for what changes nothing: where no answer has come half a
    /// <see cref="NodeClientOptions.CallTimeout"/> before the time of the attempt is over, it is asked once more.
    /// </summary>
    /// <param name="read">Asks; is told whether it was asked before and the first answer may still come.</param>
    /// <param name="timeout">How long both together may take; no less than the timeout of a call.</param>
    /// <param name="cancellationToken">Ends it all.</param>
    public Task<T> ReadAsync<T>(
        Func<CallOptions, bool, Task<T>> read, TimeSpan timeout, CancellationToken cancellationToken) => RunAsync(
        (callOptions, _) => AskTwiceAsync(read, callOptions, timeout), timeout, cancellationToken);

    public NodeClientException Translate(RpcException exception)
    {
        string detail = exception.Status.Detail;
        (NodeClientError error, string message) = exception.StatusCode switch
        {
            StatusCode.Unavailable when exception.Status.DebugException is null => (NodeClientError.TooMuch, detail),
            StatusCode.Unavailable => (
                NodeClientError.Unreachable,
                $"The node at {options.Node} cannot be reached. Is it running, and is this its API port?"),
            StatusCode.DeadlineExceeded => (
                NodeClientError.TimedOut, $"The node at {options.Node} did not answer in time."),
            StatusCode.InvalidArgument => (NodeClientError.InvalidRequest, detail),
            StatusCode.FailedPrecondition => (NodeClientError.Erased, detail),
            StatusCode.NotFound => (NodeClientError.NotFound, detail),
            StatusCode.Unimplemented => (
                NodeClientError.NotKept,
                detail.Length > 0 ? detail : $"What answers at {options.Node} is not the API of a node."),
            StatusCode.ResourceExhausted => (NodeClientError.TooMuch, detail),
            StatusCode.Internal when exception.Status.DebugException is not null => (
                NodeClientError.Unreachable,
                $"What answers at {options.Node} does not speak gRPC; is it the API port?"),
            _ => (NodeClientError.NodeFailed, $"The node at {options.Node} failed: {detail}"),
        };
        return new NodeClientException(error, message, exception);
    }

    // Kestrel now and then never sends an answer on a connection that is alive otherwise (dotnet/aspnetcore#53736). The
    // first question stands while the second is asked: an answer may be slow instead, and then it still counts.
    private async Task<T> AskTwiceAsync<T>(
        Func<CallOptions, bool, Task<T>> read, CallOptions callOptions, TimeSpan timeout)
    {
        CancellationToken caller = callOptions.CancellationToken;
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(caller);
        CallOptions asking = callOptions.WithCancellationToken(over.Token);
        TimeSpan last = options.CallTimeout / 2;
        List<Task> answers = [];
        try
        {
            foreach (TimeSpan patience in new[] { timeout - last, last })
            {
                Task late = Task.Delay(patience, time, over.Token);
                answers.Add(read(asking, answers.Count > 0));
                Task first = await Task.WhenAny([.. answers, late]);
                if (first is Task<T> answer)
                {
                    return await answer;
                }

                caller.ThrowIfCancellationRequested();
            }

            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "It was asked twice."));
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(answers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsTransient(RpcException exception) => exception.StatusCode == StatusCode.Unavailable;
}
