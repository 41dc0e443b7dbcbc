using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Wire;
using Grpc.Core;

namespace EnergyChain.Node.Network.Links;

/// <summary>The dialer's end.</summary>
internal sealed class ClientFrameStream(
    AsyncDuplexStreamingCall<Frame, Frame> call, Hash32 channelBinding, TimeProvider time) : IFrameStream
{
    private Task<bool> _read = Task.FromResult(true);

    public Hash32 ChannelBinding => channelBinding;

    public async Task<Frame?> ReadAsync()
    {
        _read = call.ResponseStream.MoveNext(CancellationToken.None);
        return await _read ? call.ResponseStream.Current : null;
    }

    public Task WriteAsync(Frame frame) => call.RequestStream.WriteAsync(frame);

    // To dispose the call at once would reset the stream, and the listener would lose the frames before it.
    public async Task FinishAsync(TimeSpan patience)
    {
        using CancellationTokenSource deadline = new(patience, time);
        try
        {
            await call.RequestStream.CompleteAsync().WaitAsync(deadline.Token);
            while (await _read.WaitAsync(deadline.Token))
            {
                _read = call.ResponseStream.MoveNext(CancellationToken.None);
            }
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
        }
    }
}
