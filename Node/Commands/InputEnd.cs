using System.CommandLine;

namespace EnergyChain.Node.Commands;

/// <summary>A parent's pipe as the sign to stop: when the parent is gone, however it went, so is this.</summary>
internal static class InputEnd
{
    public const string OptionName = "--stop-with-input";

    public static Option<bool> Option(string description) => new(OptionName) { Description = description };

    /// <summary>Cancels when standard input ends; gives up where <paramref name="stop"/> is cancelled first.</summary>
    public static async Task CancelAsync(CancellationTokenSource stop)
    {
        await using Stream input = Console.OpenStandardInput();
        try
        {
            // What the parent writes has no meaning.
            await input.CopyToAsync(Stream.Null, stop.Token);
            await stop.CancelAsync();
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // It stops for another reason.
        }
    }
}
