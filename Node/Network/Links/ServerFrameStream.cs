using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Connections.Features;

namespace EnergyChain.Node.Network.Links;

/// <summary>The listener's end; the call lives as long as the service method that was given it.</summary>
internal sealed class ServerFrameStream(
    IAsyncStreamReader<Frame> reader,
    IServerStreamWriter<Frame> writer,
    ServerCallContext context,
    Hash32 channelBinding,
    TimeProvider time)
    : IFrameStream
{
    private Task<bool> _read = Task.FromResult(true);
    private bool _isFinished;

    public Hash32 ChannelBinding => channelBinding;

    public async Task<Frame?> ReadAsync()
    {
        _read = reader.MoveNext(CancellationToken.None);
        return await _read ? reader.Current : null;
    }

    public Task WriteAsync(Frame frame) => writer.WriteAsync(frame);

    // A connection serves one call. A peer that does not end its side would keep the connection open, and the server
    // waiting for it when it stops, so it is cut off.
    public async Task FinishAsync(TimeSpan patience)
    {
        if (_isFinished)
        {
            return;
        }

        _isFinished = true;
        using CancellationTokenSource deadline = new(patience, time);
        try
        {
            while (await _read.WaitAsync(deadline.Token))
            {
                _read = reader.MoveNext(CancellationToken.None);
            }
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
            await WaitForPeerAsync(deadline.Token);
            context.GetHttpContext().Features.Get<IConnectionLifetimeFeature>()?.Abort();
        }
    }

    // Where reading broke, the peer may still be about to take our last frame: to cut it off now would lose that.
    private async Task WaitForPeerAsync(CancellationToken deadline)
    {
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(deadline, context.CancellationToken);
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration onOver = either.Token.Register(over.SetResult);
        await over.Task;
    }
}
