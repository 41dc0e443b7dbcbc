using System.Net.Sockets;
using EnergyChain.Node.Storage;
using Microsoft.AspNetCore.Connections;

namespace EnergyChain.Node.Hosting;

/// <summary>Turns what a start can fail with for an operator's reasons into one sentence.</summary>
internal static class StartFailures
{
    public static Exception Explain(Exception error, NodeOptions options) => error switch
    {
        StorageException storage => new OperatorException(
            $"dataDirectory '{options.DataDirectory}': {storage.Message}",
            storage,
            storage.Message.Contains("in use", StringComparison.Ordinal) ? ExitCode.InUse : ExitCode.Failure),
        IOException { InnerException: AddressInUseException } or SocketException => new OperatorException(
            $"peerListen {options.PeerListen} or apiListen {options.ApiListen} cannot be listened on: {error.Message}",
            error,
            ExitCode.InUse),
        _ => error,
    };
}
