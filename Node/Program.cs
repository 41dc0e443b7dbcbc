using EnergyChain.Node.Commands;

return await NodeCommandLine.RunAsync(args, Console.Out, Console.Error);
