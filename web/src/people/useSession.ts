import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { cachedUser, changeIdentity, ensureSession, type User } from "./session.ts";
import { peopleText } from "./text.ts";

const sessionKey = ["session"];

export function useSession(): User | null {
  const { data } = useQuery({
    queryKey: sessionKey,
    queryFn: ensureSession,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? cachedUser();
}

export function useChangeIdentity() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: changeIdentity,
    onSuccess: (user) => queries.setQueryData(sessionKey, user),
    onError: (error) => toast.error(peopleText.failed, { description: error.message }),
  });
}
