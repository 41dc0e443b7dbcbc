namespace EnergyChain.Dashboard.Hosting;

/// <summary>The data directory: secrets are in it, so it is its owner's only.</summary>
internal static class DataFolder
{
    public static void Prepare(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(
                    path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"--data-dir '{path}' cannot be written: {error.Message}", error);
        }
    }
}
