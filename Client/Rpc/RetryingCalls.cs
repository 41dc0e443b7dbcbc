using Grpc.Core;

namespace EnergyChain.Client.Rpc;

/// <summary>
/// Runs calls with a deadline each and tries again while the node cannot be reached; every status that ends it
/// becomes a <see cref="NodeClientException"/>.
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

    private static bool IsTransient(RpcException exception) => exception.StatusCode == StatusCode.Unavailable;
}
